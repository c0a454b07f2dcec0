package aio.testkit.junit;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Sees where threads are made. The JVM does not remember it, but it asks an inheritable thread-local in the constructor
 * of a thread. Which thread that was is not known then; but what a thread has inherited is collected with it.
 */
final class Births {
    private static final InheritableThreadLocal<@Nullable Birth> INHERITED = new InheritableThreadLocal<>() {
        @Override
        protected @Nullable Birth childValue(@Nullable Birth parent) {
            return parent == null ? null : parent.births().born();
        }
    };

    private final List<WeakReference<Birth>> all = new CopyOnWriteArrayList<>();

    /** Held by a thread while it lives. */
    private record Birth(Births births, List<StackTraceElement> stack) {}

    private Birth born() {
        List<StackTraceElement> stack = Arrays.stream(new Throwable().getStackTrace())
                .dropWhile(frame -> !frame.getClassName().equals(Thread.class.getName()))
                .dropWhile(frame -> frame.getClassName().equals(Thread.class.getName()))
                .toList();
        Birth birth = new Birth(this, stack);
        all.add(new WeakReference<>(birth));
        return birth;
    }

    /** Begins to look on, at what this thread makes, and what is made by that. */
    void begin() {
        INHERITED.set(new Birth(this, List.of()));
    }

    /** Looks on no more; to be called on the same thread. */
    static void end() {
        INHERITED.remove();
    }

    /** Returns where the threads were made that live still, the latest last. */
    List<List<StackTraceElement>> ofTheLiving() {
        System.gc(); // the only way to know; it is asked for where a test has failed
        return all.stream().map(WeakReference::get).filter(Objects::nonNull).map(Birth::stack).toList();
    }
}
