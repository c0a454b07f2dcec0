package aio.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one subject did in one case, by one metric: a value for each round. */
record Sample(SortedMap<Integer, Double> rounds, String unit) {
    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;

    /** Takes figures of one metric; of several in one round it takes their median. */
    static Sample of(List<Figure> figures) {
        SortedSet<Integer> numbers = new TreeSet<>(figures.stream().map(Figure::round).toList());
        SortedMap<Integer, Double> rounds = new TreeMap<>();
        for (int number : numbers) {
            rounds.put(number, quantile(figures.stream().filter(figure -> figure.round() == number)
                    .mapToDouble(Figure::value).toArray(), 0.5));
        }
        return new Sample(rounds, figures.get(0).unit());
    }

    double median() {
        return quantile(values(), 0.5);
    }

    /** Returns the greatest of all rounds. */
    double worst() {
        return quantile(values(), 1);
    }

    /** Returns the 10th percentile of the rounds. */
    double low() {
        return quantile(values(), LOW);
    }

    /** Returns the 90th percentile of the rounds. */
    double high() {
        return quantile(values(), HIGH);
    }

    /**
     * Returns how many times the other one this is: the median of the quotients of the rounds that both have, because
     * neighbours in time had the same disturbances; the quotient of the medians if they have no round in common.
     */
    double times(Sample other) {
        double[] quotients = rounds.keySet().stream().filter(other.rounds::containsKey)
                .mapToDouble(round -> rounds.get(round) / other.rounds.get(round)).toArray();
        return quotients.length == 0 ? median() / other.median() : quantile(quotients, 0.5);
    }

    private double[] values() {
        return rounds.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return below == above ? sorted[below] : sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
