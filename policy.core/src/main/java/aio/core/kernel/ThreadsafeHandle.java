package aio.core.kernel;

/** A handle whose cancelling and running exclude each other, as since Python 3.14. Any thread. */
final class ThreadsafeHandle extends CoreHandle {
    ThreadsafeHandle(Runnable callback) {
        super(callback);
    }

    @Override
    synchronized void run() {
        super.run();
    }

    @Override
    public synchronized void cancel() {
        super.cancel();
    }

    @Override
    public synchronized boolean cancelled() {
        return super.cancelled();
    }
}
