package aio.core.net.raw;

import aio.core.kernel.Kernel;
import aio.core.transport.Watched;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.WatchPort;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A socket of the user's: operations wait for its readiness, those of each direction in their order. Loop thread. */
final class RawChannel extends Watched {
    private final SelectableChannel channel;
    private final Runnable whenUnused;
    private final ArrayDeque<RawOperation<?>> reading = new ArrayDeque<>(2);
    private final ArrayDeque<RawOperation<?>> writing = new ArrayDeque<>(2);

    RawChannel(Kernel kernel, SelectableChannel channel, Runnable whenUnused) {
        super(kernel);
        this.channel = channel;
        this.whenUnused = whenUnused;
    }

    boolean waits(boolean forReading) {
        return !queue(forReading).isEmpty();
    }

    private ArrayDeque<RawOperation<?>> queue(boolean forReading) {
        return forReading ? reading : writing;
    }

    void add(RawOperation<?> operation, boolean forReading) {
        queue(forReading).addLast(operation);
        operation.whenCancelled(() -> drop(operation, forReading));
        if (operation.isDone()) {
            drop(operation, forReading); // cancelled by another thread before whenCancelled was set
        } else {
            applyInterest();
        }
    }

    private void drop(RawOperation<?> operation, boolean forReading) {
        if (queue(forReading).remove(operation)) {
            settle();
        }
    }

    @Override
    public void readable() {
        advance(reading);
    }

    @Override
    public void writable() {
        advance(writing);
    }

    /** Lets operations fail as they would have if the channel had been closed before them. */
    void endIfClosed() {
        if (!channel.isOpen()) {
            advance(reading);
            advance(writing);
        }
    }

    private void advance(ArrayDeque<RawOperation<?>> queue) {
        boolean over = true;
        while (over && !queue.isEmpty()) {
            over = queue.peekFirst().attempt(() -> {
                queue.removeFirst();
                settle(); // first, so that the channel is free when the future is done
            });
        }
    }

    /** Gives the channel back when no operation waits any more. */
    private void settle() {
        if (reading.isEmpty() && writing.isEmpty()) {
            leaveDriver();
            whenUnused.run();
        } else {
            applyInterest();
        }
    }

    @Override
    protected boolean wantsReading() {
        return !reading.isEmpty();
    }

    @Override
    protected boolean wantsWriting() {
        return !writing.isEmpty();
    }

    private void failAll(@Nullable Throwable cause) {
        IOException failure = new IOException("the operation on " + channel + " was given up by loop \""
                + kernel.loopName() + "\"", cause);
        reading.forEach(operation -> operation.fail(failure));
        writing.forEach(operation -> operation.fail(failure));
        reading.clear();
        writing.clear();
        settle();
    }

    @Override
    public Kind kind() {
        return Kind.WATCH;
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public boolean ownsChannel() {
        return false;
    }

    @Override
    public Object user() {
        return this; // no object of the user is called: the user has the future
    }

    @Override
    public void end(@Nullable Throwable cause) {
        failAll(cause);
    }

    @Override
    protected DriverFeature needs() {
        return DriverFeature.RAW_SOCKETS;
    }

    @Override
    protected WatchPort serve(IoDriver driver) throws IOException {
        return driver.serveRaw(channel, this);
    }
}
