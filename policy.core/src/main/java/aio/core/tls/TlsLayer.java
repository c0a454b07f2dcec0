package aio.core.tls;

import aio.core.kernel.Kernel;
import aio.loop.LoopFuture;
import aio.protocol.StreamProtocol;
import aio.transport.StreamTransport;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What the TLS connections of a loop share. Loop thread. */
public final class TlsLayer {
    private final Kernel kernel;
    private final Background background;
    private final TlsBuffers buffers = new TlsBuffers();

    /** Runs what takes long on threads of the core. */
    @FunctionalInterface
    public interface Background {
        <T> LoopFuture<T> run(Callable<T> work);
    }

    public TlsLayer(Kernel kernel, Background background) {
        this.kernel = kernel;
        this.background = background;
    }

    Kernel kernel() {
        return kernel;
    }

    /** Makes the TLS of a new connection: the protocol is told of it when the handshake is done. */
    public TlsConnection connection(TlsPeer peer, StreamProtocol protocol, TlsStarted started) {
        return new TlsConnection(this, peer, buffers, protocol, false, started);
    }

    /** Makes the TLS of a connection that the protocol knows already. */
    public TlsConnection upgrade(StreamTransport lower, TlsPeer peer, StreamProtocol protocol, TlsStarted started) {
        TlsBuffers own = lower instanceof TlsTransport tls ? tls.connection().buffers().deeper() : buffers;
        return new TlsConnection(this, peer, own, protocol, true, started);
    }

    /** Tells whether it is a TLS transport of this loop. */
    public boolean isOwn(StreamTransport transport) {
        return transport instanceof TlsTransport tls && tls.belongsTo(kernel);
    }

    /** Runs work beside the loop; answers null if nobody takes it, as when the core ends. */
    @Nullable LoopFuture<Void> offload(Runnable work) {
        try {
            return background.run(() -> {
                work.run();
                return null;
            });
        } catch (RejectedExecutionException | IllegalStateException e) {
            System.getLogger("aio.loop").log(System.Logger.Level.DEBUG,
                    "the threads of the core take no work: loop \"" + kernel.loopName() + "\" does it itself", e);
            return null;
        }
    }
}
