package aio.process.watcher;

import aio.policy.LoopFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where the core hands its reaper to child watchers that users construct. For the core only.
 *
 * <p>Thread safety: any thread.
 */
public final class ReaperLink implements AutoCloseable {
    private static final Object LOCK = new Object();
    private static volatile @Nullable ReaperLink bound;

    private final ChildReaper reaper;

    private ReaperLink(ChildReaper reaper) {
        this.reaper = reaper;
    }

    /**
     * Binds the one reaper of this copy of the API.
     *
     * @throws IllegalStateException if another one is bound
     */
    public static ReaperLink bind(ChildReaper reaper) {
        synchronized (LOCK) {
            if (bound != null) {
                throw new IllegalStateException(
                        "a reaper of child processes is bound already: two copies of policy.core"
                        + " share one policy.api; stop one of them");
            }
            ReaperLink link = new ReaperLink(reaper);
            bound = link;
            return link;
        }
    }

    /** Takes the reaper back. Idempotent. */
    @Override
    public void close() {
        synchronized (LOCK) {
            if (bound == this) {
                bound = null;
            }
        }
    }

    static ChildReaper reaper() {
        ReaperLink link = bound;
        if (link == null) {
            startClassPathCore();
            link = bound;
        }
        if (link == null) {
            throw new IllegalStateException("no core is there that could tell a child watcher of exits:"
                    + " install and start the bundle aio.policy.core before the watcher is made");
        }
        return link.reaper;
    }

    private static void startClassPathCore() {
        try {
            LoopFactory.ofClassPath(); // makes the core, which binds its reaper
        } catch (IllegalStateException e) {
            throw new IllegalStateException("no core is there that could tell a child watcher of exits:"
                    + " install and start the bundle aio.policy.core before the watcher is made"
                    + " (on a plain class path: add its jar)", e);
        }
    }
}
