package aio.bench.report;

import java.util.List;
import java.util.Optional;

/**
 * What a table of the document shows.
 *
 * @param name the name of the table, which begins with that of the command that measures it
 * @param references the subjects to compare the others of a case with: the first one that the case has
 * @param metrics what is shown; all if none is named
 * @param expected the subjects that count as missing if they are not there
 * @param charts what is drawn below it
 */
record Table(String name, List<String> references, List<String> metrics, List<String> expected, List<Chart> charts) {
    List<String> metrics(Measured measured) {
        return measured.metrics().stream().filter(metric -> metrics.isEmpty() || metrics.contains(metric)).toList();
    }

    /** Returns the command that measures it. */
    String command() {
        String benchmark = benchmark();
        return "bench/run " + (benchmark.equals(name) ? name : benchmark + " --table " + name);
    }

    /** Returns the name of the page that shows it: one for each benchmark. */
    String page() {
        return benchmark() + ".md";
    }

    /** The part of the name after a hyphen may name the JDK. */
    private String benchmark() {
        int hyphen = name.indexOf("-jdk");
        return hyphen < 0 ? name : name.substring(0, hyphen);
    }

    /** Returns the subject with which the others of a case are compared. */
    Optional<String> reference(Measured measured, String what) {
        return references.stream().filter(subject -> measured.metrics().stream()
                .anyMatch(metric -> measured.sample(what, subject, metric).isPresent())).findFirst();
    }
}
