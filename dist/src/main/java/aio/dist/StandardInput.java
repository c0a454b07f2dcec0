package aio.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What the standard input of the process is. */
enum StandardInput {
    /** Somebody types. */
    TERMINAL,
    /** A pipe, a file or nothing: lines are commands. */
    LINES,
    /** It was closed when the process started. */
    CLOSED;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static StandardInput find() {
        // since JDK 22 there would be a console without a terminal
        System.setProperty("jdk.console", "java.base");
        if (System.console() != null) {
            return TERMINAL;
        }
        return Files.isDirectory(DESCRIPTORS) && isClosed(DESCRIPTORS.resolve("0")) ? CLOSED : LINES;
    }

    /** A closed descriptor goes to the first file that the JVM opens, which is one of its own, and no commands. */
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
