package aio.driver.uring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds descriptors in the list of what one selector watches, which the system gives: one channel after the other is
 * watched for a moment. The selector's own descriptor is found once: it is the one whose list grows and shrinks with a
 * probe.
 */
final class WatchedDescriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final String LISTED = "tfd:";
    private static final int TRIES = 100;

    private final Selector selector;
    private final Path list;
    private final Set<Integer> own;

    private WatchedDescriptors(Selector selector, Path list, Set<Integer> own) {
        this.selector = selector;
        this.list = list;
        this.own = own;
    }

    /**
     * Finds the descriptor of a selector: its list grows and shrinks when this code says so. Others that look at the
     * same time have a probe in their lists as well, and are told apart by the random order in which it comes and goes.
     */
    static WatchedDescriptors of(Selector selector) throws IOException {
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.configureBlocking(false);
            SelectionKey key = probe.register(selector, 0);
            Map<Path, Set<Integer>> left = lists();
            for (int tries = 0; tries == 0 || tries < TRIES && left.size() > 1; tries++) {
                boolean watched = tries == 0 || ThreadLocalRandom.current().nextBoolean();
                watch(key, watched);
                left.entrySet().removeIf(each -> !isAsExpected(each.getKey(), each.getValue(), watched));
            }
            watch(key, false);
            key.cancel();
            selector.selectNow(ready -> {});
            if (left.size() != 1) {
                throw new IOException("of the selectors that the system lists, " + left.size()
                        + " seem to be one that was just opened: expected 1");
            }
            Map.Entry<Path, Set<Integer>> found = left.entrySet().iterator().next();
            return new WatchedDescriptors(selector, found.getKey(), found.getValue());
        }
    }

    private static boolean isAsExpected(Path list, Set<Integer> before, boolean grown) {
        Set<Integer> now = watchedBy(list);
        return grown ? now.size() == before.size() + 1 && now.containsAll(before) : now.equals(before);
    }

    private static void watch(SelectionKey key, boolean watched) throws IOException {
        int valid = key.channel().validOps();
        int operation = (valid & SelectionKey.OP_ACCEPT) != 0 ? SelectionKey.OP_ACCEPT
                : (valid & SelectionKey.OP_READ) != 0 ? SelectionKey.OP_READ : SelectionKey.OP_WRITE;
        key.interestOps(watched ? operation : 0);
        key.selector().selectNow(ready -> {});
    }

    private static Map<Path, Set<Integer>> lists() throws IOException {
        Map<Path, Set<Integer>> lists = new HashMap<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN)) {
            for (Path each : open) {
                if (isSelector(each)) {
                    Path list = Path.of("/proc/self/fdinfo", each.getFileName().toString());
                    lists.put(list, watchedBy(list));
                }
            }
        }
        return lists;
    }

    private static boolean isSelector(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals("anon_inode:[eventpoll]");
        } catch (NoSuchFileException closedMeanwhile) {
            return false;
        }
    }

    /** Returns what a selector watches; empty if the selector is closed. */
    private static Set<Integer> watchedBy(Path list) {
        Set<Integer> watched = new HashSet<>();
        try {
            for (String line : Files.readAllLines(list, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(LISTED)) {
                    String number = line.substring(LISTED.length()).trim();
                    watched.add(Integer.valueOf(number.substring(0, number.indexOf(' '))));
                }
            }
        } catch (IOException goneMeanwhile) {
            watched.clear();
        }
        return watched;
    }

    /** Returns the descriptor of a channel that is registered, without interest. */
    int of(SelectionKey key) throws IOException {
        if (key.selector() != selector) {
            throw new IllegalArgumentException("the key is of another selector");
        }
        Set<Integer> watched;
        watch(key, true);
        try {
            watched = watchedBy(list);
        } finally {
            watch(key, false);
        }
        watched.removeAll(own);
        if (watched.size() != 1) {
            throw new IOException("the system lists " + watched.size() + " descriptors for " + key.channel()
                    + ": expected 1");
        }
        return watched.iterator().next();
    }
}
