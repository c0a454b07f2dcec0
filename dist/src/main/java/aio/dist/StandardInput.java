package aio.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The kind of the standard input of the process. */
enum StandardInput {
    /** A terminal. */
    TERMINAL,
    /** A pipe, a file or nothing: lines are commands. */
    LINES,
    /** It was closed when the process started. */
    CLOSED;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static StandardInput find() {
        // without this there would be a console without a terminal since JDK 22
        System.setProperty("jdk.console", "java.base");
        if (System.console() != null) {
            return TERMINAL;
        }
        return Files.isDirectory(DESCRIPTORS) && isClosed(DESCRIPTORS.resolve("0")) ? CLOSED : LINES;
    }

    /**
     * A closed descriptor is reused for the first file that the JVM opens, one of its own and no source of commands.
     */
    private static boolean isClosed(Path input) {
        if (!Files.exists(input, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try {
            String open = Files.readSymbolicLink(input).toString();
            return open.startsWith(Path.of(System.getProperty("java.home")).toRealPath() + "/")
                    || open.equals(Path.of(System.getProperty("java.class.path")).toRealPath().toString());
        } catch (IOException e) {
            return false; // nothing is known: it is taken as it is
        }
    }
}
