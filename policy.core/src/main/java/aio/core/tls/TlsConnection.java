package aio.core.tls;

import aio.core.kernel.Kernel;
import aio.core.kernel.Layer;
import aio.core.statistics.Count;
import aio.core.transport.Ending;
import aio.transport.BufferedProtocol;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import aio.transport.TlsCipher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS on a plain transport, whose protocol it is: drives the engine, and gives the user's protocol what is decrypted.
 * {@link Phase} tells what is spoken with the peer, {@link TlsFarewell} ends that, {@link Ending} tells the user of it.
 * Loop thread.
 */
public final class TlsConnection implements BufferedProtocol, Layer, Ending.Mortal {
    private final Kernel kernel;
    private final TlsPeer peer;
    private final TlsStarted started;
    private final SSLEngine engine;
    private final TlsRecords records;
    private final TlsThinking thinking;
    private final TlsFarewell farewell;
    private final TlsWork work;
    private final TlsWriting writing;
    private final Delivery delivery;
    private final Ending ending;
    private @Nullable StreamTransport below;
    private @Nullable TlsTransport facade;
    private volatile Map<String, Object> info; // like phase written by the loop; other threads read these two alone
    private volatile Phase phase = Phase.HANDSHAKE;
    private boolean made;
    private boolean opened;

    /** What is spoken with the peer, as in asyncio. */
    enum Phase {
        /** Both sides negotiate. */
        HANDSHAKE,
        /** In use. */
        OPEN,
        /** The end of TLS was sent; the peer's is awaited, anything else that it sends is dropped. */
        SHUTDOWN,
        /** TLS has failed, and the peer was told why; its end is awaited, since a reset would overtake the alert. */
        ALERT,
        /** Only the transport below has something left to do. */
        OVER
    }

    /**
     * Makes one; {@link #on} must follow.
     *
     * @param made whether the protocol was told of the connection already
     */
    TlsConnection(
            TlsLayer layer, TlsPeer peer, TlsBuffers buffers, StreamProtocol protocol, boolean made,
            TlsStarted started) {
        this.kernel = layer.kernel();
        this.peer = peer;
        this.started = started;
        this.made = made;
        this.engine = peer.newEngine();
        this.records = new TlsRecords(engine, buffers);
        this.thinking = new TlsThinking(layer, records, this::thought);
        this.farewell = new TlsFarewell(this, kernel, records, peer.options().sslShutdownTimeout());
        this.work = new TlsWork(this, kernel, engine, records, thinking);
        this.delivery = new Delivery(kernel, protocol, work::delivers, this::fatal);
        this.writing = new TlsWriting(this, records);
        this.ending = new Ending(kernel, this);
        this.info = TlsInfo.before(peer.options().context(), engine);
    }

    /** Takes the transport whose protocol this will be, and returns the one for the user. */
    public StreamTransport on(StreamTransport lower) {
        below = lower;
        TlsTransport made = new TlsTransport(kernel, this, lower);
        facade = made;
        return made;
    }

    /** Takes bytes that were received before. */
    public void given(ByteBuffer received) {
        records.given(received);
    }

    StreamTransport lower() {
        return Objects.requireNonNull(below, "below");
    }

    TlsTransport transport() {
        return Objects.requireNonNull(facade, "facade");
    }

    /** Returns the readable name of the peer. */
    String who() {
        return TlsFailures.who(lower(), peer.host());
    }

    Phase phase() {
        return phase;
    }

    /** Returns the negotiated version, or null during the handshake. */
    public @Nullable String version() {
        return info.get(StreamTransport.CIPHER) instanceof TlsCipher cipher ? cipher.protocol() : null;
    }

    // ---- calls of the transport below

    @Override
    public void connectionMade(StreamTransport lower) {
        if (phase != Phase.HANDSHAKE) {
            return; // closed before it began
        }
        work.begin(lower.isReading());
        Duration timeout = peer.options().sslHandshakeTimeout();
        farewell.after(timeout, () -> failHandshake(TlsFailures.handshakeTimeout(timeout, who())));
        try {
            engine.beginHandshake();
        } catch (SSLException | RuntimeException e) {
            failed(e);
            return;
        }
        work.doAll();
    }

    @Override
    public ByteBuffer getBuffer(int sizeHint) {
        return records.receiveBuffer();
    }

    @Override
    public void bufferUpdated(int count) {
        records.filled();
        if (phase == Phase.ALERT) {
            records.drop();
        } else {
            work.received();
        }
    }

    /** The stream below has ended, which says nothing about the peer's end of TLS: the stream may have been cut. */
    @Override
    public boolean eofReceived() {
        try {
            if (phase == Phase.HANDSHAKE) {
                failHandshake(TlsFailures.reset(who(), null));
            } else if (isAlive()) {
                cut(true);
                endIfOpen();
            }
        } finally {
            phase = Phase.OVER; // nothing more can come
        }
        return false; // the transport below closes, after what it has to send
    }

    @Override
    public void connectionLost(@Nullable Throwable cause) {
        if (cause != null && !info.containsKey(StreamTransport.SSL_CUT)) {
            cut(true);
        }
        Throwable reason = farewell.reason(cause);
        if (!opened && (reason == null || reason == cause && cause instanceof IOException)) {
            reason = TlsFailures.reset(who(), cause);
        }
        phase = Phase.OVER;
        farewell.stop();
        thinking.giveUp();
        records.drop();
        ending.loseNow(reason);
    }

    @Override
    public void cannotSend(Throwable cause) {
        if (delivery.protocol() instanceof Layer layer) {
            layer.cannotSend(cause);
        }
    }

    @Override
    public void pauseWriting() {
        writing.pause();
    }

    @Override
    public void resumeWriting() {
        writing.resume();
    }

    @Override
    public Object user() {
        return delivery.user();
    }

    private void thought(@Nullable Throwable failure) {
        if (failure != null) {
            failed(failure);
        } else {
            work.doAll();
        }
    }

    /** Tells whether the engine is still used. */
    boolean isAlive() {
        return phase.compareTo(Phase.SHUTDOWN) <= 0;
    }

    boolean isMade() {
        return made;
    }

    // ---- the handshake

    void openIfFinished() {
        if (!records.takeHandshakeFinished() || phase != Phase.HANDSHAKE) {
            return;
        }
        farewell.stop();
        info = TlsInfo.after(peer.options().context(), engine);
        phase = Phase.OPEN;
        opened = true;
        kernel.meter().count(Count.HANDSHAKES);
        if (!made) {
            made = true;
            try {
                delivery.made(transport());
            } finally {
                started.started(transport());
            }
            return;
        }
        started.started(transport());
        work.rest(); // the protocol learns of its new transport from the future: data comes after that
    }

    /** Ends a connection that failed before the protocol was told of it. */
    private void failHandshake(Throwable cause) {
        try {
            report("SSL handshake failed", cause);
        } finally {
            phase = Phase.OVER;
            farewell.giveUp(cause, !thinking.isRunning());
        }
    }

    // ---- calls of the user

    boolean isReading() {
        return !isClosing() && !work.isPaused();
    }

    void pauseReading(boolean pause) {
        work.pause(pause);
    }

    void write(List<ByteBuffer> data) {
        writing.write(data);
    }

    void close() {
        if (phase == Phase.HANDSHAKE) {
            failHandshake(TlsFailures.aborted(who()));
        } else if (phase == Phase.OPEN) {
            phase = Phase.SHUTDOWN;
            farewell.begin();
            if (engine.isInboundDone()) {
                finish();
            } else {
                work.doSoon(); // what was received while reading was paused may hold the peer's end
            }
        }
    }

    void abort() {
        if (phase == Phase.HANDSHAKE) {
            failHandshake(TlsFailures.aborted(who()));
        }
        phase = Phase.OVER;
        lower().abort();
    }

    @Override
    public boolean isClosing() {
        return phase.compareTo(Phase.SHUTDOWN) >= 0;
    }

    // ---- the end

    /**
     * The peer has sent its end of TLS; returns whether to tell the protocol of it, after what it has not taken yet.
     */
    boolean peerEnded() {
        cut(false);
        switch (phase) {
            case HANDSHAKE -> failHandshake(TlsFailures.reset(who(), null));
            case SHUTDOWN -> finish();
            default -> { }
        }
        return phase == Phase.OPEN;
    }

    /** Tells the protocol of the end of the peer's stream. */
    void endIfOpen() {
        if (phase == Phase.OPEN) {
            try {
                delivery.end(transport());
            } finally {
                close();
            }
        }
    }

    /** Notes how the peer's stream has ended. */
    private void cut(boolean cut) {
        info = TlsInfo.ended(info, cut);
    }

    /** Both sides have ended TLS. The timer continues: sending what is buffered may take for ever. */
    private void finish() {
        phase = Phase.OVER;
        lower().close();
    }

    /** Ends a connection whose protocol has failed in a call. */
    private void fatal(Throwable cause, String message) {
        try {
            report(message, cause);
        } finally {
            phase = Phase.OVER;
            farewell.abort(cause);
        }
    }

    /** Ends a connection whose engine has failed, and tells the peer why. */
    void failed(Throwable failure) {
        if (!isAlive()) {
            return;
        }
        boolean handshake = phase == Phase.HANDSHAKE;
        Throwable cause = handshake ? TlsFailures.handshake(failure, who()) : failure;
        try {
            report(handshake ? "SSL handshake failed" : "Fatal error on SSL protocol", cause);
        } finally {
            refuse(cause);
        }
    }

    private void refuse(Throwable cause) {
        phase = Phase.ALERT;
        records.drop();
        farewell.refuse(cause);
        work.applyReading();
        ending.lose(cause); // now, since the peer may take its time
    }

    @Override
    public void tellLost(@Nullable Throwable reason) {
        try {
            if (made) {
                delivery.lost(transport(), reason);
            }
        } finally {
            if (!opened && reason != null) {
                started.failed(reason);
            }
        }
    }

    /** Reports failures other than those of I/O to the exception handler. */
    private void report(String message, Throwable cause) {
        if (phase == Phase.HANDSHAKE) {
            kernel.meter().count(Count.HANDSHAKES_FAILED);
        }
        delivery.report(message, cause, transport());
    }

    // ---- asking

    TlsBuffers buffers() {
        return records.buffers();
    }

    Delivery delivery() {
        return delivery;
    }

    Map<String, Object> info() {
        return info;
    }
}
