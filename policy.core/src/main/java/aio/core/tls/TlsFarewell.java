package aio.core.tls;

import aio.core.foreign.CoreLog;
import aio.core.kernel.Kernel;
import aio.core.time.Durations;
import aio.loop.TimerHandle;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** How a TLS connection ends towards its peer, by when, and why. Loop thread. */
final class TlsFarewell {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final TlsConnection connection;
    private final Kernel kernel;
    private final TlsRecords records;
    private final Duration timeout;
    private @Nullable TimerHandle timer;
    private @Nullable Throwable failure;
    private boolean alone;

    TlsFarewell(TlsConnection connection, Kernel kernel, TlsRecords records, Duration timeout) {
        this.connection = connection;
        this.kernel = kernel;
        this.records = records;
        this.timeout = timeout;
    }

    private StreamTransport lower() {
        return connection.lower();
    }

    /** Runs an action after a delay, unless something ends the wait before. */
    void after(Duration delay, Runnable action) {
        stop();
        timer = kernel.callAt(kernel.now() + Durations.nanos(delay), action);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Sends this side's end of TLS. */
    void begin() {
        after(timeout, () -> abort(TlsFailures.shutdownTimeout(timeout, connection.who())));
        alone = lower().getWriteBufferSize() == 0;
        sendEnd();
    }

    /** Sends the alert of a failure and this side's end of the stream, and waits for the peer's. */
    void refuse(Throwable cause) {
        failure = cause;
        after(timeout, lower()::abort);
        sendEnd();
        if (lower().canWriteEof()) {
            lower().writeEof();
        } else {
            lower().close(); // TLS again, which itself waits for the peer's end
        }
    }

    /** Ends at once, with a farewell if that takes no time. */
    void giveUp(Throwable cause, boolean mayAlert) {
        failure = cause;
        if (mayAlert) {
            sendEnd();
        }
        if (lower().getWriteBufferSize() == 0) {
            lower().close();
        } else {
            lower().abort();
        }
    }

    void abort(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        lower().abort();
    }

    private void sendEnd() {
        try {
            records.sendEnd(lower());
        } catch (SSLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the end of TLS could not be sent: " + connection.transport(), e);
        }
    }

    /**
     * Returns why the connection was lost.
     *
     * @param cause the cause that the transport below gives
     */
    @Nullable Throwable reason(@Nullable Throwable cause) {
        if (failure != null) {
            return failure;
        }
        return alone && cause instanceof IOException ? null : cause; // then all but the farewell had been sent
    }
}
