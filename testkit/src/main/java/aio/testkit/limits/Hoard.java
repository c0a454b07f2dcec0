package aio.testkit.limits;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Holds all remaining descriptors, so that no other code gets one. Used by one thread. */
final class Hoard implements AutoCloseable {
    private static final Path LIST = Path.of("/proc/self/fd");
    private static final int MOST = 5_000;

    private final Deque<FileInputStream> held = new ArrayDeque<>();

    /** Takes the rest. */
    void takeAll() {
        while (held.size() < MOST) {
            try {
                held.add(new FileInputStream("/dev/null"));
            } catch (IOException e) {
                return; // this is the limit
            }
        }
        throw new AssertionError("there is no limit: expected \"too many open files\" before " + MOST);
    }

    /** Gives some back. */
    void leave(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            held.remove().close();
        }
    }

    /** Gives all back. */
    @Override
    public void close() throws IOException {
        leave(held.size());
    }

    /** Returns what all descriptors of this process refer to, except for those held here. */
    static List<String> others() throws IOException {
        try (Stream<Path> entries = Files.list(LIST)) {
            return entries.map(Hoard::target).filter(each -> !each.isEmpty()).sorted().toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.equals("/dev/null") || target.endsWith("/fd") ? "" : target;
        } catch (IOException e) {
            return ""; // closed meanwhile: that of the list
        }
    }
}
