package aio.core.process;

import aio.core.transport.DroppedWrites;
import aio.core.transport.Ending;
import aio.core.transport.FlowControl;
import aio.transport.WriteTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** The standard input of a child: flow control, and what the pump writes beside the loop. Loop thread by default. */
final class InputPipe implements WriteTransport, FlowControl.Writing, Ending.Mortal {
    private final ChildTransport child;
    private final InputPump pump;
    private final FlowControl flow = new FlowControl(this);
    private final Ending ending;
    private final DroppedWrites dropped = new DroppedWrites();

    private volatile boolean abandoned; // written by abandon() on any thread
    private boolean eof;

    InputPipe(ChildTransport child, WritableByteChannel channel) {
        this.child = child;
        this.pump = new InputPump(child, this, channel);
        this.ending = new Ending(child::schedule, this);
    }

    // ---- for pump and child

    /** A part of the queue was written. Any thread. */
    void shrunk() {
        if (flow.awaits(pump.size())) {
            child.post(this::resumeIfLow);
        }
    }

    /** The pump has ended: it has written everything, or the child reads no more. */
    void lost(@Nullable IOException cause) {
        ending.loseNow(cause);
    }

    /**
     * The child has ended: what is queued is still tried, since only the pump knows whether the child took everything.
     */
    void childEnded() {
        pump.finish();
    }

    /** Closes the pipe, from any thread; nothing is reported. */
    void abandon() {
        abandoned = true;
        pump.abandon();
    }

    private void resumeIfLow() {
        flow.shrunk(pump.size());
    }

    private void pauseIfHigh() {
        if (!isClosing()) {
            flow.grown(pump.size());
            if (flow.awaits(pump.size())) {
                child.schedule(this::resumeIfLow); // the pump was done before it could see that the protocol waits
            }
        }
    }

    @Override
    public void pauseWriter() {
        child.pauseWriting();
    }

    @Override
    public void resumeWriter() {
        child.resumeWriting();
    }

    @Override
    public void tellLost(@Nullable Throwable cause) {
        child.pipeLost(0, cause);
    }

    // ---- for users

    @Override
    public void write(ByteBuffer data) {
        ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
        if (!isClosing() && child.getReturncode().isEmpty()) {
            pump.write(copy);
            pauseIfHigh();
        } else {
            dropped.add(this + " is closed or lost", "pipeConnectionLost");
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
            ending.close();
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
        if (!ending.isLost()) {
            eof = true;
            abandon();
            ending.lose(null);
        }
    }

    @Override
    public long getWriteBufferSize() {
        return pump.size();
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return flow.limits();
    }

    @Override
    public void setWriteBufferLimits(long low, long high) {
        flow.setLimits(low, high);
        pauseIfHigh();
    }

    @Override
    public boolean isClosing() {
        return abandoned || ending.hasBegun();
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
