package aio.bench.report;

import java.util.Locale;

/** Writes numbers for readers: three significant digits, thousands apart. */
final class Numbers {
    private static final double THOUSAND = 1000;

    private Numbers() {}

    static String figure(double value) {
        double size = Math.abs(value);
        if (value == 0) {
            return "0";
        }
        if (size >= THOUSAND || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        int decimals = (int) Math.max(0, Math.min(5, 2 - Math.floor(Math.log10(size))));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    static String figure(double value, String unit) {
        return unit.isEmpty() || unit.equals("1") ? figure(value) : figure(value) + " " + unit;
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String spread(Sample sample) {
        return figure(sample.median()) + " (" + figure(sample.low()) + "–" + figure(sample.high()) + ")";
    }
}
