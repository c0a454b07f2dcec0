package aio.core.net;

import aio.core.kernel.Kernel;
import aio.core.kernel.Resident;
import aio.core.thread.CoreThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Carries bytes between a channel of the user that blocks, and a pipe whose other end the loop can serve; on a thread
 * of its own. Any thread.
 */
final class PipePump implements Resident {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Kernel kernel;
    private final Channel outer;
    private final ReadableByteChannel from;
    private final WritableByteChannel to;
    private volatile @Nullable IOException failure;
    private volatile boolean abandoned;

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

    void start() {
        kernel.residents().keep(this);
        CoreThreads.newThread(kernel.loopName() + "-pipe-pump", this::run).start();
    }

    /** Closes its end of the pipe, for there is nothing to pump. */
    void discard() {
        Channels.closeQuietly(outer == from ? to : from);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try {
            while (read(buffer.clear()) >= 0 && !abandoned) {
                write(buffer.flip());
            }
        } catch (IOException e) {
            // by the side of the loop, which knows, or kept below for it
        } finally {
            Channels.closeQuietly(outer);
            Channels.closeQuietly(from);
            Channels.closeQuietly(to);
            kernel.residents().release(this);
        }
    }

    private int read(ByteBuffer buffer) throws IOException {
        try {
            return from.read(buffer);
        } catch (IOException e) {
            throw outer == from ? failed(e) : e;
        }
    }

    private void write(ByteBuffer buffer) throws IOException {
        try {
            while (buffer.hasRemaining() && !abandoned) {
                to.write(buffer);
            }
        } catch (IOException e) {
            throw outer == to ? failed(e) : e;
        }
    }

    private IOException failed(IOException cause) {
        if (!abandoned) {
            failure = cause; // before the pipe is closed, by which the loop notices
        }
        return cause;
    }

    /** Returns what was wrong with the channel of the user, or null. */
    @Nullable IOException failure() {
        return failure;
    }

    /**
     * Carries no more. What may be closed while another thread is in it is closed, the rest when the thread comes back.
     */
    void abandon() {
        abandoned = true;
        if (outer instanceof InterruptibleChannel) {
            Channels.closeQuietly(outer);
        }
    }

    @Override
    public Object user() {
        return this; // the transport stands for it
    }

    @Override
    public void end(@Nullable Throwable cause) {
        // with the transport
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
