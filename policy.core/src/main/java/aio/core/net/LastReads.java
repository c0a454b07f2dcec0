package aio.core.net;

import aio.core.kernel.Kernel;
import aio.core.kernel.Layer;
import aio.loop.TimerHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Receives what the other side had sent before a connection broke, and then lets its loss be told. It reads past the
 * driver, which knows only of the failure and may leave at any time. Bounded: a loss is not held back for ever. Loop
 * thread.
 */
final class LastReads {
    private static final long PATIENCE_NANOS = 5_000_000_000L; // for a protocol that has paused
    private static final long MOST_BYTES = 16 * 1024 * 1024; // more than a kernel buffers
    private static final int READS_A_TURN = 4; // the other connections wait meanwhile

    private final Kernel kernel;
    private final SocketTransport transport;
    private final Receiver receiver;
    private final SocketChannel channel;
    private final Throwable cause;
    private @Nullable TimerHandle timer;
    private boolean scheduled;
    private boolean over;
    private long received;

    LastReads(Kernel kernel, SocketTransport transport, Receiver receiver, SocketChannel channel, Throwable cause) {
        this.kernel = kernel;
        this.transport = transport;
        this.receiver = receiver;
        this.channel = channel;
        this.cause = cause;
    }

    /** Begins soon: at this moment the driver or the user may be in a call. */
    void begin() {
        kernel.residents().keep(transport);
        timer = kernel.callAt(kernel.now() + PATIENCE_NANOS, this::end);
        scheduled = true;
        kernel.callSoon(this::leaveDriver);
    }

    private void leaveDriver() {
        try {
            if (transport.getProtocol() instanceof Layer layer) {
                layer.cannotSend(cause);
            }
        } finally { // the user's code may leave the loop
            transport.leaveDriver(); // which hands back what it has read
            scheduled = false;
            goOn();
        }
    }

    /** The protocol may receive again. */
    void goOn() {
        if (!scheduled && !over) {
            scheduled = true;
            kernel.callSoon(this::step);
        }
    }

    private void step() {
        scheduled = false;
        boolean waits = false;
        try {
            waits = !readSome();
        } finally { // the user's code may leave the loop
            if (!waits) {
                goOn();
            }
        }
    }

    /** Returns false if the protocol takes nothing: it has paused, or has to take first what was read. */
    private boolean readSome() {
        for (int reads = 0; !over && reads < READS_A_TURN; reads++) {
            ByteBuffer buffer = receiver.receiveBuffer();
            if (buffer == null) {
                return false;
            }
            int count = read(buffer);
            if (count > 0) {
                received += count;
                receiver.filled(buffer, count);
            }
            if (count <= 0 || received > MOST_BYTES) {
                end();
            }
        }
        return true;
    }

    private int read(ByteBuffer buffer) {
        try {
            return channel.read(buffer);
        } catch (IOException e) {
            if (e != cause) {
                cause.addSuppressed(e);
            }
            return -1;
        }
    }

    /** Lets the loss be told now. */
    void end() {
        if (!over) {
            over = true;
            if (timer != null) {
                timer.cancel();
            }
            transport.ending().lose(cause);
        }
    }
}
