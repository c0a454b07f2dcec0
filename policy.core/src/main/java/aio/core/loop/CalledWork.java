package aio.core.loop;

import aio.core.foreign.ForeignFailure;
import aio.core.kernel.Kernel;
import aio.core.kernel.OwnedFuture;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Work of a user that the loop does while another thread waits. Stateless. */
final class CalledWork {
    private CalledWork() {}

    /** Does the work on the loop, and waits. */
    static <T> @Nullable T result(Kernel kernel, Callable<T> work) {
        if (kernel.isOnLoopThread()) {
            throw new IllegalStateException("callAndWait on the thread of loop \"" + kernel.loopName()
                    + "\" would wait for itself: do the work right here");
        }
        OwnedFuture<T> result = new OwnedFuture<>(kernel, work);
        kernel.executeSoon(() -> run(kernel, result, work));
        return result.join();
    }

    private static <T> void run(Kernel kernel, OwnedFuture<T> result, Callable<T> work) {
        if (result.isDone()) {
            return; // its bundle has stopped
        }
        try {
            result.complete(kernel.calls().attempt(work, work));
        } catch (ForeignFailure e) {
            result.fail(e.failure());
        } finally {
            result.cancel(); // no effect unless the work leaves the loop: the caller must not wait for ever
        }
    }
}
