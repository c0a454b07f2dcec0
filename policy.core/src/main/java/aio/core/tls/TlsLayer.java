package aio.core.tls;

import aio.core.foreign.CoreLog;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.CoreWork;
import aio.core.kernel.Kernel;
import aio.core.thread.CorePool;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What the TLS connections of a loop share. Loop thread. */
public final class TlsLayer {
    private final Kernel kernel;
    private final CorePool workers;
    private final TlsBuffers buffers = new TlsBuffers();

    /**
     * Makes one.
     *
     * @param workers run the tasks of engines
     */
    public TlsLayer(Kernel kernel, CorePool workers) {
        this.kernel = kernel;
        this.workers = workers;
    }

    Kernel kernel() {
        return kernel;
    }

    /** Makes the TLS of a new connection: the protocol is told of it when the handshake is done. */
    public TlsConnection connection(TlsPeer peer, StreamProtocol protocol, TlsStarted started) {
        return new TlsConnection(this, peer, buffers, protocol, false, started);
    }

    /** Makes the TLS of a connection that the protocol was told of already. */
    public TlsConnection upgrade(StreamTransport lower, TlsPeer peer, StreamProtocol protocol, TlsStarted started) {
        TlsBuffers own = lower instanceof TlsTransport tls ? tls.connection().buffers().deeper() : buffers;
        return new TlsConnection(this, peer, own, protocol, true, started);
    }

    /** Tells whether it is a TLS transport of this loop. */
    public boolean isOwn(StreamTransport transport) {
        return transport instanceof TlsTransport tls && tls.belongsTo(kernel);
    }

    /** Runs work beside the loop; returns null if the core has ended. */
    @Nullable CoreFuture<Void> offload(Runnable work) {
        try {
            return CoreWork.begin(kernel, workers, () -> {
                work.run();
                return null;
            });
        } catch (RejectedExecutionException e) {
            CoreLog.LOOP.log(System.Logger.Level.DEBUG,
                    "loop \"" + kernel.loopName() + "\" does the work of a handshake itself", e);
            return null;
        }
    }
}
