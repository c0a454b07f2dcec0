package aio.core.net.pipe;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Failing;
import aio.core.foreign.PipeCalls;
import aio.core.foreign.Text;
import aio.core.kernel.Kernel;
import aio.loop.ExceptionContext;
import aio.transport.ReadPipeProtocol;
import aio.transport.ReadTransport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** The reading end of a pipe. Loop thread. */
final class ReadPipeTransport extends PipeTransport implements ReadTransport, Failing {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final ReadPipeProtocol protocol;
    private final ReadableByteChannel source;
    private boolean started;
    private boolean paused;

    <C extends SelectableChannel & ReadableByteChannel> ReadPipeTransport(
            Kernel kernel, Object given, C channel, @Nullable PipePump pump, ReadPipeProtocol protocol) {
        super(kernel, given, channel, pump);
        this.source = channel;
        this.protocol = protocol;
    }

    @Override
    void start(Runnable whenStarted) {
        try {
            PipeCalls.made(kernel.calls(), protocol, this);
        } finally {
            started = true;
            interestChanged();
            whenStarted.run();
        }
    }

    @Override
    protected boolean wantsReading() {
        return started && !paused && !isClosing();
    }

    @Override
    protected boolean wantsWriting() {
        return false;
    }

    @Override
    public void readable() {
        if (!wantsReading()) {
            return;
        }
        ByteBuffer buffer = kernel.receiveBuffer().cleared();
        int count;
        try {
            count = source.read(buffer);
        } catch (IOException e) {
            fatal(e, "Fatal read error on pipe transport");
            return;
        }
        if (count > 0) {
            PipeCalls.received(kernel.calls(), protocol, buffer.flip(), this);
            kernel.receiveBuffer().filled(count);
        } else if (count < 0) {
            endOfFile();
        }
    }

    private void endOfFile() {
        Throwable failure = pump == null ? null : pump.failure();
        if (failure != null) {
            fatal(failure, "Fatal read error on pipe transport");
            return;
        }
        beginClosing();
        kernel.callSoon(() -> PipeCalls.ended(kernel.calls(), protocol, this));
        lose(null);
    }

    /**
     * Ends the pipe. As in asyncio, failures of reading are reported, except for those of a pipe or terminal that was
     * closed.
     */
    @Override
    public void fatal(Throwable cause, String message) {
        try {
            if (isOfClosed(cause)) {
                LOG.log(Level.DEBUG, message + ": " + this, cause);
            } else {
                kernel.report(ExceptionContext.of(message, cause)
                        .with("transport", this)
                        .with("protocol", protocol));
            }
        } finally {
            lose(cause);
        }
    }

    private static boolean isOfClosed(Throwable cause) {
        return cause instanceof ClosedChannelException
                || cause instanceof IOException && Text.ofMessage(cause).equals("Input/output error");
    }

    @Override
    public void tellLost(@Nullable Throwable cause) {
        if (pump != null) {
            pump.abandon();
        }
        PipeCalls.lost(kernel.calls(), protocol, cause, this);
    }

    // ---- for users

    @Override
    public boolean isReading() {
        return !paused && !isClosing();
    }

    @Override
    public void pauseReading() {
        kernel.channelUsed("pauseReading");
        if (!isClosing() && !paused) {
            paused = true;
            interestChanged();
        }
    }

    @Override
    public void resumeReading() {
        kernel.channelUsed("resumeReading");
        if (!isClosing() && paused) {
            paused = false;
            interestChanged();
        }
    }

    @Override
    public void close() {
        kernel.channelUsed("close");
        lose(null);
    }

    // ---- attachment

    @Override
    public void writable() {
        // no interest in it is ever set
    }

    @Override
    public Object user() {
        return protocol;
    }

    @Override
    public void end(@Nullable Throwable cause) {
        lose(cause);
    }

    @Override
    protected void lost(Throwable cause) {
        lose(cause);
    }
}
