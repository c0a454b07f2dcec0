package aio.bench.echo;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each server has to do: echoes of a number of bytes, on a number of connections.
 *
 * @param bytes the size of a request
 * @param connections how many have one outstanding each
 */
record Case(int bytes, int connections) {
    private static final Pattern FORM = Pattern.compile("(\\d+) ?(B|KiB) ?x ?(\\d+)");

    /** Reads {@code 1 KiB x 32}; blanks may be left out. */
    static Case of(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("case \"" + text
                    + "\" is not of the form \"1 KiB x 32\" or \"64 B x 32\"");
        }
        int unit = matcher.group(2).equals("B") ? 1 : 1024;
        return new Case(Integer.parseInt(matcher.group(1)) * unit, Integer.parseInt(matcher.group(3)));
    }

    static int mostConnections(List<Case> cases) {
        return cases.stream().map(Case::connections).max(Comparator.naturalOrder()).orElse(0);
    }

    @Override
    public String toString() {
        return (bytes % 1024 == 0 ? bytes / 1024 + " KiB" : bytes + " B") + " x " + connections;
    }
}
