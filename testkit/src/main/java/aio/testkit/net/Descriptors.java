package aio.testkit.net;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts the file descriptors of this process, where the system lists them. */
final class Descriptors {
    private static final Path LIST = Path.of("/proc/self/fd");

    private Descriptors() {}

    static long count() throws IOException {
        assumeTrue(Files.isDirectory(LIST), "the system does not list descriptors");
        try (Stream<Path> entries = Files.list(LIST)) {
            return entries.count();
        }
    }
}
