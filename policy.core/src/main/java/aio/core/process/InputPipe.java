package aio.core.process;

import aio.core.foreign.CoreLog;
import aio.transport.WriteTransport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** The standard input of a child: flow control, and what the pump writes beside the loop. Loop thread by default. */
final class InputPipe implements WriteTransport {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final WriteBufferLimits DEFAULTS = new WriteBufferLimits(16 * 1024, 64 * 1024); // asyncio's

    /** As for streams: a few writes after the end are a race that no user can avoid, more are a mistake. */
    private static final int SILENTLY_IGNORED_WRITES = 4;

    private final ChildTransport child;
    private final InputPump pump;
    private volatile WriteBufferLimits limits = DEFAULTS; // written by the loop, read by the pump

    // The loop writes true before it asks for the size again; the pump takes from the queue before it reads this. So
    // one of the two sees that the writer is to resume.
    private volatile boolean paused;

    private volatile boolean closing; // written by the loop, by abandon() on any thread too
    private boolean eof;
    private boolean lost;
    private int ignoredWrites;

    InputPipe(ChildTransport child, WritableByteChannel channel) {
        this.child = child;
        this.pump = new InputPump(child, this, channel);
    }

    // ---- for pump and child

    /** A part of the queue was written. Any thread. */
    void shrunk() {
        if (paused && pump.size() <= limits.low()) {
            child.post(this::resumeIfLow);
        }
    }

    void lost(@Nullable IOException cause) {
        if (!lost) {
            lost = true;
            closing = true;
            child.pipeLost(0, cause);
        }
    }

    /**
     * The child has ended: what is queued is still tried, since only the pump knows whether the child took everything.
     */
    void childEnded() {
        pump.finish();
    }

    /** Closes the pipe, from any thread; nothing is reported. */
    void abandon() {
        closing = true;
        pump.abandon();
    }

    private void resumeIfLow() {
        if (paused && pump.size() <= limits.low()) {
            paused = false;
            child.resumeWriting();
        }
    }

    private void pauseIfHigh() {
        if (!paused && !closing && pump.size() > limits.high()) {
            paused = true;
            child.pauseWriting();
            if (pump.size() <= limits.low()) {
                child.schedule(this::resumeIfLow); // the pump was done before it could see "paused"
            }
        }
    }

    // ---- for users

    @Override
    public void write(ByteBuffer data) {
        ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
        if (!closing && child.getReturncode().isEmpty()) {
            pump.write(copy);
            pauseIfHigh();
        } else if (++ignoredWrites > SILENTLY_IGNORED_WRITES) {
            LOG.log(Level.WARNING, ignoredWrites + " writes to standard input of process " + child.getPid()
                    + " were ignored, for the pipe is closed or lost: stop writing at pipeConnectionLost(0)");
        }
    }

    @Override
    public void writelines(Iterable<ByteBuffer> data) {
        for (ByteBuffer each : data) {
            write(each);
        }
    }

    @Override
    public void writeEof() {
        if (!eof) {
            eof = true;
            closing = true;
            pump.finish();
        }
    }

    @Override
    public boolean canWriteEof() {
        return true;
    }

    /** Closes the pipe after what was written, as a pipe of asyncio. */
    @Override
    public void close() {
        writeEof();
    }

    @Override
    public void abort() {
        if (!lost) {
            eof = true;
            abandon();
            child.schedule(() -> lost(null));
        }
    }

    @Override
    public long getWriteBufferSize() {
        return pump.size();
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return limits;
    }

    @Override
    public void setWriteBufferLimits(long low, long high) {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException("high " + high + " and low " + low
                    + " cannot be the marks of a write buffer: expected high >= low >= 0");
        }
        limits = new WriteBufferLimits(low, high);
        pauseIfHigh();
    }

    @Override
    public boolean isClosing() {
        return closing;
    }

    @Override
    public @Nullable Object getExtraInfo(String name) {
        return null;
    }

    @Override
    public String toString() {
        return "fd 0 of " + child;
    }
}
