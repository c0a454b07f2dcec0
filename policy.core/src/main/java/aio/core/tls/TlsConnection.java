package aio.core.tls;

import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.kernel.Layer;
import aio.core.time.Durations;
import aio.loop.ExceptionContext;
import aio.loop.TimerHandle;
import aio.protocol.BufferedProtocol;
import aio.protocol.StreamProtocol;
import aio.transport.BaseTransport;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS on a plain transport, whose protocol it is: drives the engine, and lets the user's protocol have what is
 * decrypted. Loop thread.
 *
 * <p>The life of it, as in asyncio: handshake; open; shutdown (what was written and the end of TLS are sent, the peer's
 * end is awaited, what else it sends is dropped); over (only the transport below has something left to do).
 */
public final class TlsConnection implements BufferedProtocol, Layer {
    private static final Logger LOG = System.getLogger("aio.loop");
    private static final int LOST_WRITES_BEFORE_LOG = 5; // asyncio's LOG_THRESHOLD_FOR_CONNLOST_WRITES

    private enum State { HANDSHAKE, OPEN, SHUTDOWN, OVER }

    private final TlsLayer layer;
    private final Kernel kernel;
    private final TlsPeer peer;
    private final TlsStarted started;
    private final SSLEngine engine;
    private final TlsRecords records;
    private final Delivery delivery;
    private @Nullable StreamTransport below;
    private @Nullable TlsTransport facade;
    private volatile Map<String, Object> info;
    private volatile State state = State.HANDSHAKE;
    private volatile boolean paused;
    private @Nullable TimerHandle timer;
    private @Nullable Throwable failure;
    private boolean made;
    private boolean opened;
    private boolean working;
    private @Nullable CoreFuture<Void> tasks;
    private boolean telling;
    private boolean reading;
    private boolean sending;
    private boolean pauseWhenSent;
    private int lostWrites;

    /**
     * Makes one; {@link #on} must follow.
     *
     * @param made whether the protocol knows the connection already
     */
    TlsConnection(
            TlsLayer layer, TlsPeer peer, TlsBuffers buffers, StreamProtocol protocol, boolean made,
            TlsStarted started) {
        this.layer = layer;
        this.kernel = layer.kernel();
        this.peer = peer;
        this.started = started;
        this.made = made;
        this.engine = peer.newEngine();
        this.records = new TlsRecords(engine, buffers);
        this.delivery = new Delivery(kernel, protocol, this::delivers, this::fatal);
        this.info = TlsInfo.before(peer.context(), engine);
    }

    /** Takes the transport whose protocol this is going to be, and returns the one for the user. */
    public StreamTransport on(StreamTransport lower) {
        below = lower;
        TlsTransport made = new TlsTransport(kernel, this, lower);
        facade = made;
        return made;
    }

    private StreamTransport lower() {
        return Objects.requireNonNull(below, "below");
    }

    private TlsTransport transport() {
        return Objects.requireNonNull(facade, "facade");
    }

    /** Returns whom it is spoken with, for people. */
    private String who() {
        Object address = lower().getExtraInfo(BaseTransport.PEERNAME);
        String text = address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : address == null || address.toString().isEmpty() ? "the peer" : address.toString();
        return peer.host().isEmpty() ? text : "\"" + peer.host() + "\" (" + text + ")";
    }

    // ---- what the transport below tells

    @Override
    public void connectionMade(StreamTransport lower) {
        if (state != State.HANDSHAKE) {
            return; // closed before it began
        }
        reading = lower.isReading();
        Duration timeout = peer.options().sslHandshakeTimeout();
        timer = after(timeout, () -> failHandshake(TlsFailures.handshakeTimeout(timeout, who())));
        try {
            engine.beginHandshake();
        } catch (SSLException | RuntimeException e) {
            failed(e);
            return;
        }
        work();
    }

    @Override
    public ByteBuffer getBuffer(int sizeHint) {
        return records.receiveBuffer();
    }

    @Override
    public void bufferUpdated(int count) {
        records.filled();
        work();
    }

    @Override
    public boolean eofReceived() {
        if (state == State.HANDSHAKE) {
            failHandshake(TlsFailures.reset(who(), null));
        } else if (state == State.OPEN) {
            delivery.end(transport());
            close();
        }
        if (state == State.SHUTDOWN) {
            state = State.OVER; // no answer to the end of TLS can come any more
        }
        return false; // the transport below closes, behind what it has to send
    }

    @Override
    public void connectionLost(@Nullable Throwable cause) {
        Throwable reason = failure != null ? failure : cause;
        if (!opened && (reason == null || reason == cause && cause instanceof IOException)) {
            reason = TlsFailures.reset(who(), cause);
        }
        state = State.OVER;
        stopTimer();
        CoreFuture<Void> running = tasks;
        if (running != null) {
            running.cancel();
        }
        records.drop();
        if (made) {
            delivery.lost(transport(), reason);
        }
        if (!opened && reason != null) {
            started.failed(reason);
        }
    }

    @Override
    public void pauseWriting() {
        if (sending) {
            pauseWhenSent = true; // the protocol may write in there: not in the middle of what it writes now
        } else if (made) {
            delivery.pauseWriting(transport());
        }
    }

    @Override
    public void resumeWriting() {
        if (pauseWhenSent) {
            pauseWhenSent = false;
        } else if (made) {
            delivery.resumeWriting(transport());
        }
    }

    @Override
    public Object user() {
        return delivery.user();
    }

    // ---- the work

    /** Does what can be done with the engine now. */
    private void work() {
        if (working || tasks != null || telling || state == State.OVER) {
            return;
        }
        working = true;
        try {
            delivery.deliverHeld();
            boolean more = true;
            while (more && state != State.OVER) {
                more = step();
                openIfFinished();
            }
            deliver();
        } catch (SSLException | RuntimeException e) {
            deliver(); // what came before
            failed(e);
        } finally {
            working = false;
            records.keep();
            applyReading();
        }
    }

    /** Does one thing; answers whether there may be more. */
    private boolean step() throws SSLException {
        HandshakeStatus status = records.status();
        if (status == HandshakeStatus.NEED_TASK) {
            deliver();
            refuseRenegotiation();
            return runTasks();
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            deliver();
            refuseRenegotiation();
            if (records.sendOwn(lower())) {
                return true;
            }
        }
        return receive();
    }

    private boolean receive() throws SSLException {
        if (!wantsInput() || !records.hasReceived()) {
            return false;
        }
        return switch (records.unwrap()) {
            case OK -> true;
            case BUFFER_UNDERFLOW -> false;
            case BUFFER_OVERFLOW -> {
                if (records.hasPlain()) {
                    deliver();
                } else {
                    records.enlargePlain();
                }
                yield true;
            }
            case CLOSED -> {
                deliver();
                peerEnded();
                yield false;
            }
        };
    }

    /** Hands over what is decrypted; drops it if nobody is there any more. */
    private void deliver() {
        if (records.hasPlain()) {
            ByteBuffer plain = records.plain();
            if (state == State.OPEN) {
                delivery.data(plain);
            }
            records.plainTaken();
        }
    }

    private boolean wantsInput() {
        return switch (state) {
            case HANDSHAKE, SHUTDOWN -> true;
            case OPEN -> !paused && !telling && !delivery.isHolding();
            case OVER -> false;
        };
    }

    private boolean delivers() {
        return state == State.OPEN && !paused && !telling;
    }

    private void applyReading() {
        boolean wanted = wantsInput() && tasks == null;
        if (state != State.OVER && wanted != reading) {
            reading = wanted;
            if (wanted) {
                lower().resumeReading();
            } else {
                lower().pauseReading();
            }
        }
    }

    /** Lets the engine think; answers false if that is done beside the loop. */
    private boolean runTasks() {
        CoreFuture<Void> running = layer.offload(records::runTasks);
        if (running == null) {
            records.runTasks();
            return true;
        }
        tasks = running;
        running.addDoneCallback(done -> {
            tasks = null;
            Throwable thrown = done.isCancelled() ? null : done.exception();
            if (thrown != null) {
                failed(thrown);
            } else {
                work();
            }
        });
        return false;
    }

    /** Up to TLS 1.2 a peer may want another handshake at any time: expensive, of no use here, and a known attack. */
    private void refuseRenegotiation() throws SSLException {
        if (state == State.OPEN && !engine.isInboundDone() && !engine.isOutboundDone()
                && !engine.getSession().getProtocol().equals("TLSv1.3")) {
            throw new SSLException(who() + " asked to renegotiate, which is refused");
        }
    }

    // ---- the handshake

    private void openIfFinished() {
        if (!records.takeHandshakeFinished() || state != State.HANDSHAKE) {
            return;
        }
        stopTimer();
        info = TlsInfo.after(peer.context(), engine);
        state = State.OPEN;
        opened = true;
        if (!made) {
            made = true;
            delivery.made(transport());
            started.started(transport());
            return;
        }
        started.started(transport());
        telling = true; // the protocol learns of its new transport through the future: data comes behind that
        kernel.callSoon(() -> {
            telling = false;
            work();
        });
    }

    private void failHandshake(Throwable cause) {
        if (state != State.HANDSHAKE) {
            return;
        }
        report("SSL handshake failed", cause);
        end(cause, true);
    }

    // ---- what the user asks for

    boolean isReading() {
        return !isClosing() && !paused;
    }

    void pauseReading(boolean pause) {
        if (state != State.OPEN || paused == pause) {
            return;
        }
        paused = pause;
        if (!pause && (records.hasReceived() || delivery.isHolding())) {
            kernel.callSoon(this::work);
        } else {
            applyReading();
        }
    }

    /** Encrypts and sends; positions are advanced as far as was done. */
    void write(List<ByteBuffer> data) {
        if (state != State.OPEN) {
            if (++lostWrites >= LOST_WRITES_BEFORE_LOG) {
                LOG.log(Level.WARNING, "SSL connection is closed. The protocol goes on writing to " + transport()
                        + ": stop when connectionLost is called");
            }
            return;
        }
        boolean outermost = !sending;
        sending = true;
        try {
            records.send(data, lower());
        } catch (SSLException | RuntimeException e) {
            failed(e);
        } finally {
            sending = !outermost;
        }
        if (outermost && pauseWhenSent) {
            pauseWhenSent = false;
            delivery.pauseWriting(transport());
        }
    }

    void close() {
        if (state == State.HANDSHAKE) {
            failHandshake(TlsFailures.aborted(who()));
        }
        if (state != State.OPEN) {
            return;
        }
        state = State.SHUTDOWN;
        Duration timeout = peer.options().sslShutdownTimeout();
        timer = after(timeout, () -> end(TlsFailures.shutdownTimeout(timeout, who()), false));
        sendEnd();
        if (engine.isInboundDone()) {
            finish();
        } else if (!working) {
            kernel.callSoon(this::work); // what was received while reading was paused may hold the peer's end
        }
    }

    void abort() {
        if (state == State.HANDSHAKE) {
            failHandshake(TlsFailures.aborted(who()));
        }
        end(null, false);
    }

    @Override
    public boolean isClosing() {
        return state == State.SHUTDOWN || state == State.OVER;
    }

    // ---- the end

    private void peerEnded() {
        if (state == State.HANDSHAKE) {
            failHandshake(TlsFailures.reset(who(), null));
        } else if (state == State.OPEN) {
            delivery.end(transport());
            close();
        } else {
            finish();
        }
    }

    private void sendEnd() {
        try {
            records.sendEnd(lower());
        } catch (SSLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the end of TLS could not be sent: " + transport(), e);
        }
    }

    /** Both sides have ended TLS. The timer goes on: sending what is buffered may take for ever. */
    private void finish() {
        if (state == State.SHUTDOWN) {
            state = State.OVER;
            lower().close();
        }
    }

    /** Ends a connection whose protocol has failed in a call. */
    private void fatal(Throwable cause, String message) {
        try {
            report(message, cause);
        } finally {
            end(cause, false);
        }
    }

    /** Ends a connection on which the engine has failed. */
    private void failed(Throwable cause) {
        if (state == State.HANDSHAKE) {
            failHandshake(TlsFailures.handshake(cause, who()));
        } else if (state != State.OVER) {
            try {
                report("Fatal error on SSL protocol", cause);
            } finally {
                end(cause, true);
            }
        }
    }

    /** Only failures that are not of I/O are reported to the exception handler. */
    private void report(String message, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.log(Level.DEBUG, message + ": " + transport(), cause);
        } else {
            kernel.callExceptionHandler(ExceptionContext.of(message, cause)
                    .with("transport", transport())
                    .with("protocol", delivery.protocol()));
        }
    }

    /** Ends it without waiting for the peer, who is told why if there is an alert for it. */
    private void end(@Nullable Throwable cause, boolean alert) {
        if (failure == null && (state != State.OVER || cause != null)) {
            failure = cause;
        }
        state = State.OVER;
        if (alert && tasks == null) {
            sendEnd();
        }
        if (alert && lower().getWriteBufferSize() == 0) {
            lower().close(); // the alert is on its way, and nothing else is waited for
        } else {
            lower().abort();
        }
    }

    private TimerHandle after(Duration timeout, Runnable action) {
        return kernel.callAt(Kernel.now() + Durations.nanos(timeout), action);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    // ---- asking

    TlsBuffers buffers() {
        return records.buffers();
    }

    StreamProtocol protocol() {
        return delivery.protocol();
    }

    void setProtocol(StreamProtocol protocol) {
        delivery.setProtocol(protocol);
    }

    Map<String, Object> info() {
        return info;
    }
}
