package aio.core.net;

import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.tls.TlsConnection;
import aio.core.tls.TlsLayer;
import aio.core.tls.TlsPeer;
import aio.core.tls.TlsStarted;
import aio.loop.LoopFuture;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;

/** Puts TLS between an open connection and its protocol. Any thread; the work is done on the loop's. */
final class StartTls {
    private final Kernel kernel;
    private final TlsLayer tls;

    StartTls(Kernel kernel, TlsLayer tls) {
        this.kernel = kernel;
        this.tls = tls;
    }

    /**
     * Starts TLS.
     *
     * @param received what has arrived after the last plain bytes; copied, since it may be lent for a call only
     */
    LoopFuture<StreamTransport> start(
            StreamTransport transport, StreamProtocol protocol, TlsPeer peer, ByteBuffer received) {
        boolean own = transport instanceof SocketTransport socket && socket.belongsTo(kernel) || tls.isOwn(transport);
        if (!own) {
            throw new IllegalArgumentException("transport " + transport + " is not supported by startTls:"
                    + " expected a socket or TLS transport of loop \"" + kernel.loopName() + "\"");
        }
        kernel.checkClosed();
        ByteBuffer first = ByteBuffer.allocate(received.remaining()).put(received).flip();
        CoreFuture<StreamTransport> result = new CoreFuture<>(kernel);
        kernel.execute(() -> {
            if (transport.isClosing()) {
                result.fail(new IllegalStateException("cannot start TLS on " + transport + ": it is closing"));
            } else if (!result.isDone()) {
                begin(transport, protocol, peer, first, result);
            }
        });
        return result;
    }

    private void begin(
            StreamTransport transport,
            StreamProtocol protocol,
            TlsPeer peer,
            ByteBuffer received,
            CoreFuture<StreamTransport> result) {
        TlsConnection secured = tls.upgrade(transport, peer, protocol, new TlsStarted() {
            @Override
            public void started(StreamTransport upgraded) {
                if (!result.complete(upgraded)) {
                    upgraded.abort(); // cancelled meanwhile
                }
            }

            @Override
            public void failed(Throwable cause) {
                result.fail(cause);
            }
        });
        transport.pauseReading(); // what arrives from now on is encrypted
        StreamTransport upgraded = secured.on(transport);
        secured.given(received);
        transport.setProtocol(secured);
        result.addDoneCallback(done -> {
            if (done.isCancelled()) {
                upgraded.abort();
            }
        });
        kernel.callSoon(() -> {
            transport.resumeReading(); // first: it is paused again while the engine thinks
            secured.connectionMade(transport);
        });
    }
}
