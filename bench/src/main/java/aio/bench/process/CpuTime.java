package aio.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The CPU time of a process, as the scheduler counts it: {@code /proc/<pid>/stat} counts in steps of 10 ms. */
final class CpuTime {
    private CpuTime() {}

    /** Sums up its threads; the time of an ended thread is lost, so the JVMs are told to keep their threads. */
    static long nanosOf(long pid) {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                sum += nanosOf(thread);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the CPU time of process " + pid
                    + ": expected a Linux with /proc and a process that lives", e);
        }
        return sum;
    }

    private static long nanosOf(Path thread) throws IOException {
        try {
            String text = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException e) {
            if (Files.exists(thread)) {
                throw new IOException("\"" + thread
                        + "\" has no \"schedstat\": expected a kernel that counts the CPU time"
                        + " of threads (CONFIG_SCHED_INFO); without it CPU per request cannot be measured", e);
            }
            return 0; // ended since it was listed
        }
    }
}
