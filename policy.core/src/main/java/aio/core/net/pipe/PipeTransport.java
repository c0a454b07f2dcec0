package aio.core.net.pipe;

import aio.core.foreign.Text;
import aio.core.kernel.Kernel;
import aio.core.net.Channels;
import aio.core.transport.Ending;
import aio.core.transport.Watched;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.WatchPort;
import aio.transport.BaseTransport;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** What both directions of a pipe share: a watched channel, which {@link Ending} ends once. Loop thread. */
abstract class PipeTransport extends Watched implements BaseTransport, Ending.Mortal {
    final Object given;
    final @Nullable PipePump pump;
    private final SelectableChannel channel;
    private final Ending ending;

    /**
     * Makes one.
     *
     * @param given the pipe that the user gave
     * @param channel what the loop serves: the same, or one end of the pump's pipe
     */
    PipeTransport(Kernel kernel, Object given, SelectableChannel channel, @Nullable PipePump pump) {
        super(kernel);
        this.given = given;
        this.channel = channel;
        this.pump = pump;
        this.ending = new Ending(kernel, this);
    }

    /** Tells the protocol, and then calls {@code whenStarted}. */
    abstract void start(Runnable whenStarted);

    /** The pump has stopped; {@code failure} is as {@link PipePump#failure} says. */
    void pumpOver(@Nullable Throwable failure) {}

    /** Takes the channel from the loop and closes it: the other side meets the end. */
    final void closeChannel() {
        leaveDriver();
        Channels.closeQuietly(channel);
    }

    /** What is wanted has changed. */
    final void interestChanged() {
        if (isAttached()) {
            kernel.ioHappened();
            applyInterest();
        }
    }

    final Ending ending() {
        return ending;
    }

    /** Stops receiving; returns false if that was done before. */
    final boolean beginClosing() {
        boolean begins = ending.close();
        if (begins) {
            interestChanged();
        }
        return begins;
    }

    /** Ends it in the next turn; no effect if that has begun already. */
    final void lose(@Nullable Throwable cause) {
        if (ending.lose(cause)) {
            interestChanged();
        }
    }

    @Override
    public final void over() {
        closeChannel();
    }

    // ---- transport

    @Override
    public final boolean isClosing() {
        return ending.hasBegun();
    }

    @Override
    public final @Nullable Object getExtraInfo(String name) {
        return name.equals(PIPE) ? given : null;
    }

    // ---- attachment

    @Override
    public final Kind kind() {
        return Kind.PIPE;
    }

    @Override
    public final SelectableChannel channel() {
        return channel;
    }

    @Override
    protected final DriverFeature needs() {
        return DriverFeature.DESCRIPTOR_WATCHING;
    }

    /** A pipe works under every driver: if the driver does not watch it, a thread does. */
    @Override
    protected final void suspend() throws IOException {
        take(WatchThread.start(kernel, channel, this));
    }

    @Override
    protected final WatchPort serve(IoDriver driver) throws IOException {
        return driver.watch(channel, this);
    }

    @Override
    public final String toString() {
        return "<" + getClass().getSimpleName() + " " + Text.of(given) + (isClosing() ? " closing" : "") + " of loop \""
                + kernel.loopName() + "\">";
    }
}
