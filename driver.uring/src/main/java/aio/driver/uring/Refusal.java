package aio.driver.uring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Says why the system refuses the driver: the attempt, the reply of the system, and the remedy. */
final class Refusal {
    static final String SETUP = "io_uring_setup";
    private static final Path SWITCH = Path.of("/proc/sys/kernel/io_uring_disabled");
    private static final Path LIMITS = Path.of("/proc/self/limits");

    private Refusal() {}

    /** Loads what a refusal needs: when no descriptor is left, not even the file of a class can be opened. */
    static void makeReady() {
        of(SETUP, Errno.EMFILE);
    }

    /** Makes the exception for a call that returned an error number. */
    static IOException of(String tried, int errno) {
        return new IOException(tried + " returned " + Errno.name(errno) + " on Linux "
                + System.getProperty("os.version") + ": " + advice(tried, errno));
    }

    private static String advice(String tried, int errno) {
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES -> "the system forbids io_uring: kernel.io_uring_disabled is "
                    + line(SWITCH, "") + "; set it to 0 with sysctl, or, if it is 0, let the seccomp profile of the"
                    + " container allow io_uring_setup, io_uring_enter and io_uring_register, or use another policy";
            case Errno.ENOSYS -> "this kernel has no io_uring, or a seccomp profile hides it: Linux 5.15 or later is"
                    + " expected; use another policy";
            case Errno.ENOMEM -> "memory that may be locked, or memory at all, is used up: "
                    + line(LIMITS, "Max locked memory")
                    + "; raise it with ulimit -l or LimitMEMLOCK, or run fewer loops on io_uring";
            case Errno.EMFILE, Errno.ENFILE -> "no descriptor is left: " + line(LIMITS, "Max open files")
                    + "; raise it with ulimit -n or LimitNOFILE";
            case Errno.EINVAL -> "this kernel does not know what is asked for: Linux 5.15 or later is expected;"
                    + " use another policy";
            default -> tried + " is needed to serve a loop; use another policy";
        };
    }

    /** Returns the line of a file that begins with a text, with single spaces. */
    private static String line(Path file, String begin) {
        try {
            List<String> lines = Files.readAllLines(file);
            for (String line : lines) {
                if (line.startsWith(begin)) {
                    return line.trim().replaceAll("\\s+", " ");
                }
            }
        } catch (IOException e) {
            // older kernels have no such file
        }
        return "unknown (" + file + " cannot be read)";
    }
}
