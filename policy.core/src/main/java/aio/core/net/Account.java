package aio.core.net;

import aio.core.net.name.Addresses;
import aio.core.tls.TlsConnection;
import aio.core.transport.Ending;
import aio.core.transport.Ending.Life;
import aio.loop.ConnectionState;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is and has done. Loop thread, which alone counts and reads: other threads get the copy that
 * {@link #facts} makes, so that counting costs no more than an addition.
 */
public final class Account {
    private static final AtomicLong IDS = new AtomicLong();

    private final SocketTransport transport;
    private final long id = IDS.incrementAndGet();
    private final long madeAt = System.nanoTime();
    private final @Nullable SocketAddress peer;
    private final @Nullable SocketAddress local;
    private long received;
    private long sent;

    /**
     * A copy, to be read by any thread.
     *
     * @param ageNanos how long ago the connection was made
     * @param tls the version; null without TLS
     * @param user the class of the user's protocol
     */
    public record Facts(
            long id,
            @Nullable SocketAddress peer,
            @Nullable SocketAddress local,
            long received,
            long sent,
            long queued,
            long ageNanos,
            ConnectionState state,
            boolean reading,
            @Nullable String tls,
            Class<?> user) {}

    Account(SocketTransport transport, SocketChannel channel) {
        this.transport = transport;
        this.peer = Addresses.peerOf(channel);
        this.local = Addresses.localOf(channel);
    }

    @Nullable SocketAddress peer() {
        return peer;
    }

    @Nullable SocketAddress local() {
        return local;
    }

    void received(long count) {
        received += count;
    }

    void sent(long count) {
        sent += count;
    }

    /** Returns a number that no other connection has. */
    public long id() {
        return id;
    }

    /** Returns a copy of what it is now. */
    public Facts facts() {
        TlsConnection tls = transport.getProtocol() instanceof TlsConnection layer ? layer : null;
        return new Facts(id, peer, local, received, sent, transport.getWriteBufferSize(), System.nanoTime() - madeAt,
                state(tls), transport.isReading(), tls == null ? null : tls.version(), transport.user().getClass());
    }

    private ConnectionState state(@Nullable TlsConnection tls) {
        Ending ending = transport.ending();
        if (ending.isLost()) {
            return ConnectionState.LOST;
        }
        if (ending.is(Life.BROKEN)) {
            return ConnectionState.BROKEN;
        }
        if (transport.isClosing()) {
            return ConnectionState.CLOSING;
        }
        return tls != null && tls.version() == null ? ConnectionState.HANDSHAKE : ConnectionState.OPEN;
    }
}
