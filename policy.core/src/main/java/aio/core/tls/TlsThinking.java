package aio.core.tls;

import aio.core.kernel.CoreFuture;
import org.jspecify.annotations.Nullable;

/** Runs an engine's tasks, which take long or ask the user's trust manager, beside the loop. Loop thread. */
final class TlsThinking {
    private final TlsLayer layer;
    private final TlsRecords records;
    private final Thought thought;
    private @Nullable CoreFuture<Void> running;

    /** Called when the tasks have ended. */
    @FunctionalInterface
    interface Thought {
        void over(@Nullable Throwable failure);
    }

    TlsThinking(TlsLayer layer, TlsRecords records, Thought thought) {
        this.layer = layer;
        this.records = records;
        this.thought = thought;
    }

    /** Tells whether tasks run, so that nothing else may touch the engine. */
    boolean isRunning() {
        return running != null;
    }

    /** Runs the engine's tasks; returns false if that happens beside the loop. */
    boolean think() {
        CoreFuture<Void> begun = layer.offload(records::runTasks);
        if (begun == null) {
            records.runTasks();
            return true;
        }
        running = begun;
        begun.addDoneCallback(done -> {
            running = null;
            thought.over(done.isCancelled() ? null : done.exception());
        });
        return false;
    }

    /** The result of the tasks is no longer wanted. */
    void giveUp() {
        CoreFuture<Void> present = running;
        if (present != null) {
            present.cancel();
        }
    }
}
