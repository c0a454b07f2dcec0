package aio.policy;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Which thread is the main one. Only {@link AbstractEventLoopPolicy} looks at it: on the main thread a loop may be made
 * on first use. On a plain class path it is the thread named {@code main} of the thread group {@code main}, unless
 * another one is designated; inside a framework there is none until one is designated.
 *
 * <p>Thread safety: any thread.
 */
public final class MainThread {
    private static volatile @Nullable WeakReference<Thread> designated;

    private MainThread() {}

    /** Designates the main thread, or (null) goes back to the rule. */
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
