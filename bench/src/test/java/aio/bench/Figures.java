package aio.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** What a command has written, for tests. */
public final class Figures {
    private Figures() {}

    /** Returns the metrics that a subject has in a case, after a check that the file can be read. */
    public static Set<String> of(Path results, String table, String what, String subject) throws IOException {
        return Files.readAllLines(results.resolve(table + ".csv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(","))
                .peek(fields -> assertThat(fields).hasSize(7))
                .filter(fields -> fields[0].equals(table) && fields[1].equals(what) && fields[2].equals(subject))
                .peek(fields -> assertThat(Double.parseDouble(fields[5])).as(String.join(",", fields)).isFinite())
                .map(fields -> fields[4])
                .collect(Collectors.toSet());
    }
}
