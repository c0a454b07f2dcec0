package aio.testkit.bundle;

import aio.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The threads and descriptors of this process at one time, and what has come since then. One thread. */
final class Remains {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final Set<Thread> threads = threads();
    private final Map<String, Long> descriptors = descriptors();

    private static Duration patience() {
        return Duration.ofMillis(Long.getLong("aio.testkit.patience.millis", 10_000));
    }

    /** Fails if threads have come that do not end. */
    void assertNoThread() {
        if (!Await.becomesTrue(patience(), () -> newThreads().isEmpty())) {
            throw new AssertionError("threads that run after the bundle is uninstalled, expected none: end them when it"
                    + " stops: " + newThreads().stream().map(thread -> "\"" + thread.getName() + "\" in "
                            + Stream.of(thread.getStackTrace()).limit(3).map(Object::toString)
                                    .collect(Collectors.joining(", "))).toList());
        }
    }

    private Set<Thread> newThreads() {
        Set<Thread> come = threads();
        come.removeAll(threads);
        return come;
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** Fails if more descriptors are open; passes where the system does not tell. */
    void assertNoDescriptor() {
        if (!Await.becomesTrue(patience(), () -> newDescriptors().isEmpty())) {
            throw new AssertionError("descriptors that are open after the bundle is uninstalled, more than before,"
                    + " expected none: close them when it stops: " + newDescriptors());
        }
    }

    private Map<String, Long> newDescriptors() {
        Map<String, Long> come = descriptors();
        come.replaceAll((kind, count) -> count - descriptors.getOrDefault(kind, 0L));
        come.values().removeIf(count -> count <= 0);
        return come;
    }

    /** Returns how many descriptors there are of each file or kind. */
    private static Map<String, Long> descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return new TreeMap<>();
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.map(Remains::kind).filter(kind -> !kind.isEmpty())
                    .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the file, or {@code socket}, {@code pipe} and so on without a number; nothing if it is closed again. */
    private static String kind(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/proc/") ? "" : target.replaceAll("^(\\w+:)\\[\\d+]$", "$1");
        } catch (IOException e) {
            return "";
        }
    }

    /** Fails if class loaders live that nothing should refer to. */
    static void assertCollected(List<WeakReference<ClassLoader>> loaders) {
        if (!Await.becomesTrue(patience(), () -> {
            System.gc();
            return alive(loaders) == 0;
        })) {
            throw new AssertionError(alive(loaders) + " of " + loaders.size() + " class loaders of the bundle live "
                    + patience().toMillis() + " ms after it is uninstalled, expected none. Something refers to a class"
                    + " or an object of it: a thread, a thread-local, a static of another bundle, a listener, a hook of"
                    + " the JVM; a heap dump shows the way to the loader");
        }
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }
}
