package aio.policy;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Knows which thread is the main one. On the main thread {@link AbstractEventLoopPolicy} may make a loop on first use;
 * no other class uses it. On a plain class path the main thread is the thread {@code main} of the thread group
 * {@code main}, unless another one is designated. Inside a framework there is none until one is designated.
 *
 * <p>Thread safety: any thread.
 */
public final class MainThread {
    private static volatile @Nullable WeakReference<Thread> designated;

    private MainThread() {}

    /** Designates the main thread; null restores the default rule. */
    public static void designate(@Nullable Thread thread) {
        designated = thread == null ? null : new WeakReference<>(thread);
    }

    /** Tells whether the calling thread is the main one. */
    public static boolean isCurrent() {
        Thread thread = Thread.currentThread();
        WeakReference<Thread> main = designated;
        if (main != null) {
            return main.get() == thread;
        }
        ThreadGroup group = thread.getThreadGroup();
        return !Framework.isPresent()
                && thread.getName().equals("main")
                && group != null
                && group.getName().equals("main");
    }
}
