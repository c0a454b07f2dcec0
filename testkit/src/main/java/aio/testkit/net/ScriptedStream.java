package aio.testkit.net;

import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A stream in the hands of a {@link ScriptedDriver}. What the test delivers waits while reading is paused. */
public final class ScriptedStream implements StreamPort {
    private final ScriptedDriver driver;
    private final SocketChannel channel;
    private final StreamEvents events;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private byte[] arrived = new byte[0];
    private boolean endArrived;
    private boolean ended;
    private boolean reading;
    private boolean wantsWritable;
    private boolean outputShutDown;
    private boolean released;
    private boolean completesLater;
    private final ByteArrayOutputStream inFlight = new ByteArrayOutputStream();
    private byte[] readAhead = new byte[0];
    private int writes;
    private long budget = Long.MAX_VALUE;
    private @Nullable IOException writeFailure;

    ScriptedStream(ScriptedDriver driver, SocketChannel channel, StreamEvents events) {
        this.driver = driver;
        this.channel = channel;
        this.events = events;
    }

    /** Returns the channel that the loop owns. */
    public SocketChannel channel() {
        return channel;
    }

    /** From now on takes only what {@link #allow} grants. */
    public synchronized void stall() {
        budget = 0;
    }

    /** Grants a number of further bytes, and says so if the loop waits for it. */
    public synchronized void allow(long bytes) {
        budget = bytes > Long.MAX_VALUE - budget ? Long.MAX_VALUE : budget + bytes;
        if (wantsWritable) {
            wantsWritable = false;
            post(events::writable);
        }
    }

    /** From now on refuses to write. */
    public synchronized void failWrites(IOException failure) {
        writeFailure = failure;
        if (wantsWritable) {
            wantsWritable = false;
            post(events::writable);
        }
    }

    /**
     * From now on takes all bytes and keeps them in flight until {@link #complete} or the release, as a completion
     * driver does.
     */
    public synchronized void completeLater() {
        completesLater = true;
    }

    /** Lets what is in flight reach the kernel, and says so. */
    public synchronized void complete() {
        written.writeBytes(inFlight.toByteArray());
        inFlight.reset();
        post(events::writable);
    }

    /** Lets bytes be read and not delivered: the release hands them back. */
    public synchronized void readAhead(String text) {
        readAhead = text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Lets bytes arrive in a buffer of the driver's own; {@code left} receives how many were not wanted. */
    public void deliverOwn(String text, IntConsumer left) {
        post(() -> {
            ByteBuffer own = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            events.received(own);
            left.accept(own.remaining());
        });
    }

    /** Lets bytes arrive. */
    public void deliver(String text) {
        deliver(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Lets bytes arrive. */
    public synchronized void deliver(byte[] bytes) {
        byte[] all = new byte[arrived.length + bytes.length];
        System.arraycopy(arrived, 0, all, 0, arrived.length);
        System.arraycopy(bytes, 0, all, arrived.length, bytes.length);
        arrived = all;
        post(this::pump);
    }

    /** Lets the stream end after what arrived. */
    public synchronized void deliverEnd() {
        endArrived = true;
        post(this::pump);
    }

    /** Asks for a buffer and reads nothing, as when a read would block. */
    public void deliverNothing() {
        post(events::receiveBuffer);
    }

    /** Breaks the stream. */
    public void fail(IOException cause) {
        post(() -> events.failed(cause));
    }

    private void post(Runnable event) {
        driver.post(() -> {
            if (!isReleased()) {
                event.run();
            }
        });
    }

    private void pump() {
        boolean more = true;
        while (more && isReading() && arrivedCount() > 0) {
            ByteBuffer buffer = events.receiveBuffer();
            if (buffer == null) {
                return;
            }
            int count = fill(buffer);
            more = events.filled(buffer, count);
        }
        if (endIsDue()) {
            events.endOfStream();
        }
    }

    private synchronized int arrivedCount() {
        return arrived.length;
    }

    private synchronized int fill(ByteBuffer buffer) {
        int count = Math.min(buffer.remaining(), arrived.length);
        buffer.put(arrived, 0, count);
        byte[] rest = new byte[arrived.length - count];
        System.arraycopy(arrived, count, rest, 0, rest.length);
        arrived = rest;
        return count;
    }

    private synchronized boolean endIsDue() {
        boolean due = endArrived && !ended && reading && !released && arrived.length == 0;
        ended |= due;
        return due;
    }

    /** Tells whether the loop wants to read. */
    public synchronized boolean isReading() {
        return reading && !released;
    }

    /** Tells whether the loop is to be told when it can write. */
    public synchronized boolean wantsWritable() {
        return wantsWritable;
    }

    /** Tells whether the sending side was shut down. */
    public synchronized boolean isOutputShutDown() {
        return outputShutDown;
    }

    /** Tells whether the loop has taken the channel back. */
    public synchronized boolean isReleased() {
        return released;
    }

    /** Returns how often the loop tried to write. */
    public synchronized int writes() {
        return writes;
    }

    /** Returns what was written, as text. */
    public synchronized String written() {
        return written.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public synchronized void resumeReading() {
        reading = true;
        if (arrived.length > 0 || endArrived) {
            post(this::pump);
        }
    }

    @Override
    public synchronized void pauseReading() {
        reading = false;
    }

    @Override
    public synchronized long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
        writes++;
        if (writeFailure != null) {
            throw writeFailure;
        }
        long taken = 0;
        if (completesLater) {
            for (int i = offset; i < offset + count; i++) {
                byte[] bytes = new byte[buffers[i].remaining()];
                buffers[i].get(bytes);
                inFlight.writeBytes(bytes);
                taken += bytes.length;
            }
            return taken;
        }
        for (int i = offset; i < offset + count; i++) {
            taken += take(buffers[i]);
            wantsWritable |= buffers[i].hasRemaining();
        }
        return taken;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return (int) write(new ByteBuffer[] {buffer}, 0, 1);
    }

    private int take(ByteBuffer buffer) {
        byte[] bytes = new byte[(int) Math.min(buffer.remaining(), budget)];
        buffer.get(bytes);
        written.writeBytes(bytes);
        if (budget != Long.MAX_VALUE) {
            budget -= bytes.length;
        }
        return bytes.length;
    }

    @Override
    public synchronized void shutdownOutput() {
        outputShutDown = true;
    }

    @Override
    public synchronized long unwritten() {
        return inFlight.size();
    }

    @Override
    public synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        if (readAhead.length > 0) {
            events.unread(ByteBuffer.wrap(readAhead));
        }
        if (inFlight.size() > 0) {
            events.unwritten(ByteBuffer.wrap(inFlight.toByteArray()));
        }
    }
}
