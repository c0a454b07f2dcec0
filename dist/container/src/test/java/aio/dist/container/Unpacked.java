package aio.dist.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The zip, unpacked in a folder, and what is run there: with a JDK, but no Maven and no other program of Java in PATH.
 */
final class Unpacked {
    static final Path ZIP = Path.of(System.getProperty("aio.zip"));
    static final String VERSION = System.getProperty("aio.version");

    private static final String JAVA_HOME = System.getProperty("java.home");
    private static final long PATIENCE_SECONDS = 60;
    private static final long BETWEEN_MILLIS = 50;

    private final Path home;
    private final Path folder;

    /** A process whose output, and that of its shell, is in a file. */
    record Started(Process process, Path output) implements AutoCloseable {

        String text() throws IOException {
            return Files.readString(output);
        }

        void awaitText(String wanted) throws IOException, InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!text().contains(wanted)) {
                boolean over = process.waitFor(BETWEEN_MILLIS, TimeUnit.MILLISECONDS)
                        || System.nanoTime() - deadline > 0;
                assertThat(over && !text().contains(wanted)).as("'%s' expected in: %s", wanted, text()).isFalse();
            }
        }

        int exitCode() throws IOException, InterruptedException {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("has ended: %s", text()).isTrue();
            return process.exitValue();
        }

        /** Sends a signal; the script has become the JVM, so the process is the one that gets it. */
        void signal(String name) throws IOException, InterruptedException {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor()).isZero();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private Unpacked(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** Unpacks it as unzip does, with the rights of its files. */
    static Unpacked in(Path folder) throws IOException {
        URI zip = URI.create("jar:" + ZIP.toUri());
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
                Stream<Path> files = Files.walk(inside.getPath("/"))) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(inside.getPath("/").relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                    Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
                }
            }
        }
        try (Stream<Path> roots = Files.list(folder)) {
            return new Unpacked(roots.toList().get(0), folder);
        }
    }

    Path home() {
        return home;
    }

    /** Starts a command of the shell in another folder, without input, and without the variables of this process. */
    Started start(String script) throws IOException {
        Path work = Files.createTempDirectory(folder, "elsewhere");
        Path tools = Files.createDirectories(work.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "readlink")) {
            Path place = Path.of("/bin", tool);
            Files.createSymbolicLink(tools.resolve(tool), Files.exists(place) ? place : Path.of("/usr/bin", tool));
        }
        Files.createSymbolicLink(tools.resolve("java"), Path.of(JAVA_HOME, "bin", "java"));
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script));
        Path output = work.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        return new Started(builder.start(), output);
    }
}
