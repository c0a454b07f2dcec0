package aio.core.kernel;

import aio.loop.ResourceKind;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A future that work for a user will complete: a name is looked up, a Unix socket tried, an executor holds the work in
 * its queue. It ends with the bundle of that user. Any thread.
 */
public final class OwnedFuture<T> extends CoreFuture<T> implements Resident {
    private final Kernel kernel;

    // Set to null once, by the thread that completes this; a reader finds the user or null, and both are right.
    private volatile @Nullable Object user;

    /**
     * Makes one.
     *
     * @param user the object whose future it is
     * @throws aio.loop.LoopClosedException if the loop is closed
     */
    public OwnedFuture(Kernel kernel, Object user) {
        super(kernel);
        this.kernel = kernel;
        this.user = user;
        kernel.checkClosed();
        kernel.residents().keep(this);
    }

    @Override
    void done() {
        kernel.residents().release(this);
        user = null; // so that a holder of this, such as the queue of an executor, does not hold the bundle
    }

    /** Returns the object whose future it is; this when it is done. */
    @Override
    public Object user() {
        Object present = user;
        return present == null ? this : present;
    }

    @Override
    public void end(@Nullable Throwable cause) {
        fail(cause != null ? cause : new CancellationException(this + " is not wanted any more"));
    }

    @Override
    public ResourceKind resource() {
        return ResourceKind.WORK;
    }

    /** There is no channel that would count as closed. */
    @Override
    public boolean isClosing() {
        return true;
    }
}
