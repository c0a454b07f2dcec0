package aio.bench.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document with places between markers that the figures fill; the rest of it is written by hand. */
final class Page {
    private static final Pattern PLACE = Pattern.compile("(?s)(<!-- table: (\\S+) -->\n).*?(<!-- /table -->)");

    private Page() {}

    /** Returns the document with all its places filled. */
    static String fill(String document, Map<String, Measured> measured) {
        Matcher places = PLACE.matcher(document);
        return places.replaceAll(place -> Matcher.quoteReplacement(
                place.group(1) + "\n" + block(place.group(2), measured) + "\n" + place.group(3)));
    }

    private static String block(String name, Map<String, Measured> measured) {
        return switch (name) {
            case Headlines.NAME -> Headlines.of(measured);
            case Summary.MISSED -> Summary.missed(measured);
            case Summary.MACHINE -> Summary.machine(measured);
            default -> table(name, measured);
        };
    }

    private static String table(String name, Map<String, Measured> measured) {
        Table table = Tables.named(name).orElseThrow(() -> new IllegalArgumentException("no table \"" + name
                + "\"; expected one of " + Tables.all().stream().map(Table::name).toList() + ", "
                + Summary.MISSED + ", " + Summary.MACHINE + " or " + Headlines.NAME));
        Measured figures = measured.get(name);
        return figures == null
                ? "No figures yet: `" + table.command() + "`, then `bench/run report`.\n"
                : TableText.of(table, figures);
    }
}
