package aio.core.net;

import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.kernel.Resident;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What somebody waits for that no driver knows of yet: a name is looked up, or a Unix socket tried. It ends with the
 * bundle that asked for it. Loop thread.
 */
final class PendingResult implements Resident {
    private final CoreFuture<?> result;
    private final Object user;

    private PendingResult(CoreFuture<?> result, Object user) {
        this.result = result;
        this.user = user;
    }

    /** Makes a future that fails if the user's bundle or the core stops before it is done. Any thread. */
    static <T> CoreFuture<T> of(Kernel kernel, Object user) {
        kernel.checkClosed();
        CoreFuture<T> result = new CoreFuture<>(kernel);
        PendingResult pending = new PendingResult(result, user);
        kernel.residents().keep(pending);
        result.addDoneCallback(done -> kernel.residents().release(pending));
        return result;
    }

    @Override
    public Object user() {
        return user;
    }

    @Override
    public void end(@Nullable Throwable cause) {
        result.fail(new IOException("given up before it was done", cause));
    }

    /** There is no channel that would be counted as left behind. */
    @Override
    public boolean isClosing() {
        return true;
    }
}
