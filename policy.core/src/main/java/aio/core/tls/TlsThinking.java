package aio.core.tls;

import aio.core.kernel.CoreFuture;
import org.jspecify.annotations.Nullable;

/** What an engine must not do on the loop's thread, because it takes long or asks the user's trust. Loop thread. */
final class TlsThinking {
    private final TlsLayer layer;
    private final TlsRecords records;
    private final Thought thought;
    private @Nullable CoreFuture<Void> running;

    /** Is told when the engine has thought. */
    @FunctionalInterface
    interface Thought {
        void over(@Nullable Throwable failure);
    }

    TlsThinking(TlsLayer layer, TlsRecords records, Thought thought) {
        this.layer = layer;
        this.records = records;
        this.thought = thought;
    }

    /** Tells whether nobody else may touch the engine. */
    boolean isRunning() {
        return running != null;
    }

    /** Lets the engine think; answers false if that is done beside the loop. */
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

    /** Nobody waits for it any more. */
    void giveUp() {
        CoreFuture<Void> present = running;
        if (present != null) {
            present.cancel();
        }
    }
}
