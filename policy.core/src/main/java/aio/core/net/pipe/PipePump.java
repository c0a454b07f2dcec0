package aio.core.net.pipe;

import aio.core.foreign.CoreLog;
import aio.core.foreign.ForeignFailure;
import aio.core.foreign.Text;
import aio.core.foreign.Wall;
import aio.core.kernel.Kernel;
import aio.core.kernel.Resident;
import aio.core.net.Channels;
import aio.core.thread.Starts;
import aio.loop.LoopClosedException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Carries bytes between a blocking channel of the user and a pipe whose other end the loop can serve; on a thread of
 * its own. Any thread.
 */
final class PipePump implements Resident {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Kernel kernel;
    private final Channel outer;
    private final ReadableByteChannel from;
    private final WritableByteChannel to;

    // Set before the pipe is closed or the loop is told; the loop reads it after that.
    private volatile @Nullable Throwable failure;

    // Set before the channel is closed; read by the pump after each failure: one that the closing causes is not told.
    private volatile boolean abandoned;

    private @Nullable PipeTransport transport; // written before the thread starts

    private PipePump(Kernel kernel, Channel outer, ReadableByteChannel from, WritableByteChannel to) {
        this.kernel = kernel;
        this.outer = outer;
        this.from = from;
        this.to = to;
    }

    /** Pumps from a channel of the user. */
    static PipePump from(Kernel kernel, ReadableByteChannel outer, Pipe pipe) {
        return new PipePump(kernel, outer, outer, pipe.sink());
    }

    /** Pumps to a channel of the user. */
    static PipePump to(Kernel kernel, WritableByteChannel outer, Pipe pipe) {
        return new PipePump(kernel, outer, pipe.source(), outer);
    }

    /** Starts to carry; the loop tells the transport when that is over. */
    void start(PipeTransport served) {
        transport = served;
        kernel.residents().keep(this);
        Starts.begin(kernel.loopName() + "-pipe-pump", this::run);
    }

    /** Closes its end of the pipe: there is nothing to carry. */
    void discard() {
        Channels.closeQuietly(outer == from ? to : from);
    }

    private void run() {
        try {
            Wall.run(() -> { // the user's channel may throw anything; the loop's end notices by itself
                carry();
                if (outer == to) {
                    outer.close(); // writes what the user's stream has held back, if it has
                }
            });
        } catch (ForeignFailure ended) {
            LOG.log(Level.DEBUG, "a pump of loop \"" + kernel.loopName() + "\" has ended", ended.failure());
            boolean closedHere = abandoned || !(outer == to ? from : to).isOpen();
            if (!closedHere && failure == null) {
                failure = ended.failure(); // before the pipe is closed, which is how the loop notices
            }
        } finally {
            Channels.closeQuietly(outer);
            Channels.closeQuietly(from);
            Channels.closeQuietly(to);
            kernel.residents().release(this);
            tellOver();
        }
    }

    private void carry() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        while (read(buffer.clear()) >= 0 && !abandoned) {
            buffer.flip();
            while (buffer.hasRemaining() && !abandoned) {
                write(buffer);
            }
        }
    }

    private int read(ByteBuffer buffer) throws IOException {
        if (outer != from) {
            return from.read(buffer);
        }
        try {
            return Wall.call(() -> from.read(buffer));
        } catch (ForeignFailure thrown) {
            throw failed(thrown.failure());
        }
    }

    private void write(ByteBuffer buffer) throws IOException {
        if (outer != to) {
            to.write(buffer);
            return;
        }
        try {
            Wall.run(() -> to.write(buffer));
        } catch (ForeignFailure thrown) {
            throw failed(thrown.failure());
        }
    }

    private IOException failed(Throwable thrown) {
        if (!abandoned) {
            failure = thrown; // before the pipe is closed, which is how the loop notices
        }
        return thrown instanceof IOException io ? io : new IOException(Text.of(thrown), thrown);
    }

    private void tellOver() {
        PipeTransport served = transport;
        if (served != null) {
            try {
                kernel.executeSoon(() -> served.pumpOver(failure));
            } catch (LoopClosedException e) {
                LOG.log(Level.TRACE, "a pump has outlived its loop", e);
            }
        }
    }

    /** Returns the failure of the user's channel, or of the pump itself; null if there is none. */
    @Nullable Throwable failure() {
        return failure;
    }

    /**
     * Stops carrying. What may be closed while another thread is in it is closed; the rest when that thread returns.
     */
    void abandon() {
        abandoned = true;
        if (outer instanceof InterruptibleChannel) {
            Channels.closeQuietly(outer);
        }
    }

    @Override
    public Object user() {
        PipeTransport served = transport;
        return served == null ? this : served.user();
    }

    /** Ends with the transport, which no driver serves any more while it waits for the last bytes. */
    @Override
    public void end(@Nullable Throwable cause) {
        PipeTransport served = transport;
        if (served != null) {
            served.end(cause);
        }
    }

    @Override
    public boolean isClosing() {
        return true;
    }

    @Override
    public void loopClosed() {
        abandon();
    }
}
