package aio.core.tls;

import aio.core.kernel.Kernel;
import aio.core.tls.TlsConnection.Phase;
import aio.loop.LoopExit;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Works with an engine after something was received, tasks have ended, or the user has asked for something: decrypts as
 * long as the protocol takes it, and sends what the engine itself has to send. Loop thread.
 */
final class TlsWork {
    private final TlsConnection connection;
    private final Kernel kernel;
    private final SSLEngine engine;
    private final TlsRecords records;
    private final TlsThinking thinking;
    private volatile boolean paused; // written by the loop; other threads ask for nothing else
    private boolean working;
    private boolean resting;
    private boolean reading;
    private boolean endWaits;

    TlsWork(TlsConnection connection, Kernel kernel, SSLEngine engine, TlsRecords records, TlsThinking thinking) {
        this.connection = connection;
        this.kernel = kernel;
        this.engine = engine;
        this.records = records;
        this.thinking = thinking;
    }

    /** Takes over from a transport that reads or has paused. */
    void begin(boolean reads) {
        reading = reads;
    }

    /** Tells whether the user has paused. Any thread. */
    boolean isPaused() {
        return paused;
    }

    void pause(boolean pause) {
        if (connection.phase() != Phase.OPEN || paused == pause) {
            return;
        }
        paused = pause;
        if (!pause && (records.hasReceived() || connection.delivery().isHolding() || endWaits)) {
            doSoon();
        } else {
            applyReading();
        }
    }

    /** Delivers nothing before the callbacks that are scheduled now have run. */
    void rest() {
        resting = true;
        kernel.callSoon(() -> {
            resting = false;
            doAll();
        });
    }

    void doSoon() {
        if (!working) {
            kernel.callSoon(this::doAll);
        }
    }

    /** Works on what was received; what cannot be worked on now is copied, since the buffer is shared. */
    void received() {
        try {
            doAll();
        } finally {
            records.keep();
        }
    }

    /** Does what can be done with the engine now. */
    void doAll() {
        if (working || resting || thinking.isRunning() || !connection.isAlive()) {
            return;
        }
        working = true;
        boolean left = true; // by what a callback has thrown to leave the loop
        try {
            doSteps();
            left = false;
        } catch (LoopExit e) {
            throw e;
        } catch (SSLException | RuntimeException | Error e) {
            left = false;
            fail(e);
        } finally {
            working = false;
            if (left && records.hasPlain()) {
                connection.delivery().hold(records.plain());
            }
            records.keep();
            applyReading();
            if (left) {
                doSoon(); // the rest of it
            }
        }
    }

    private void doSteps() throws SSLException {
        connection.delivery().deliverHeld();
        boolean more = true;
        while (more && connection.isAlive()) {
            more = step();
            connection.openIfFinished();
        }
        deliver();
        endIfTaken();
    }

    private void fail(Throwable cause) {
        try {
            deliver(); // what came before
        } finally {
            connection.failed(cause);
        }
    }

    /** Does one step; returns whether there may be more. */
    private boolean step() throws SSLException {
        HandshakeStatus status = records.status();
        if (status == HandshakeStatus.NEED_TASK) {
            deliver();
            refuseRenegotiation();
            return thinking.think();
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            deliver();
            refuseRenegotiation();
            if (records.sendOwn(connection.lower())) {
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
                try {
                    deliver();
                } finally {
                    endWaits = connection.peerEnded();
                }
                yield false;
            }
        };
    }

    /** Passes on what is decrypted; drops it if the connection has ended. */
    private void deliver() {
        if (records.hasPlain()) {
            ByteBuffer plain = records.plain();
            try {
                if (connection.phase() == Phase.OPEN) {
                    connection.delivery().data(plain);
                }
            } finally {
                records.plainTaken();
            }
        }
    }

    private boolean wantsInput() {
        return switch (connection.phase()) {
            case HANDSHAKE, SHUTDOWN, ALERT -> true;
            case OPEN -> delivers() && !endWaits && !connection.delivery().isHolding();
            case OVER -> false;
        };
    }

    /** Tells whether the protocol takes bytes now. */
    boolean delivers() {
        return connection.phase() == Phase.OPEN && !paused && !resting;
    }

    void applyReading() {
        boolean wanted = wantsInput() && (connection.phase() == Phase.ALERT || !thinking.isRunning());
        if (connection.phase() != Phase.OVER && wanted != reading) {
            reading = wanted;
            if (wanted) {
                connection.lower().resumeReading();
            } else {
                connection.lower().pauseReading();
            }
        }
    }

    /** Up to TLS 1.2 a peer may want another handshake at any time: expensive, of no use here, and a known attack. */
    private void refuseRenegotiation() throws SSLException {
        if (connection.phase() == Phase.OPEN && !engine.isInboundDone() && !engine.isOutboundDone()
                && !engine.getSession().getProtocol().equals("TLSv1.3")) {
            throw new SSLException(connection.who() + " asked to renegotiate, which is refused");
        }
    }

    /** Tells the protocol of the end, after the last byte that a paused protocol has not taken yet. */
    private void endIfTaken() {
        if (endWaits && delivers() && !connection.delivery().isHolding()) {
            endWaits = false;
            connection.endIfOpen();
        }
    }
}
