package aio.core.net;

import aio.core.foreign.PortCalls;
import aio.core.kernel.Kernel;
import aio.core.transport.Served;
import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import aio.spi.IoDriver;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connect in progress. Loop thread. */
final class Connecting extends Served<ConnectPort> implements ConnectEvents {
    private final SocketChannel channel;
    private final Object user;
    private final WhenDone whenDone;

    /** Receives the end, once: null, or what failed. */
    @FunctionalInterface
    interface WhenDone {
        void done(Connecting finished, @Nullable IOException failure);
    }

    Connecting(Kernel kernel, SocketChannel channel, Object user, WhenDone whenDone) {
        super(kernel);
        this.channel = channel;
        this.user = user;
        this.whenDone = whenDone;
    }

    @Override
    public void connected() {
        if (channel.isOpen() && !channel.isConnected()) {
            driverFailed(new IllegalStateException("the driver says that " + channel + " is connected: it is not"));
            return; // the next driver tries again
        }
        finish(null);
    }

    @Override
    public void failed(IOException cause) {
        finish(PortCalls.cause(cause));
    }

    private void finish(@Nullable IOException failure) {
        if (isAttached()) {
            leaveDriver();
            whenDone.done(this, failure);
        }
    }

    @Override
    public Kind kind() {
        return Kind.CONNECT;
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public Object user() {
        return user;
    }

    @Override
    public void end(@Nullable Throwable cause) {
        finish(new IOException("the connect was given up", cause));
    }

    @Override
    protected ConnectPort serve(IoDriver driver) throws IOException {
        return driver.connect(channel, this);
    }

    @Override
    protected void restore(ConnectPort fresh) {} // it completes, or fails: there is nothing to ask for

    @Override
    protected void lost(Throwable cause) {
        whenDone.done(this, cause instanceof IOException io ? io : new IOException("the connect was lost", cause));
    }

    @Override
    public String toString() {
        return "<connect of " + channel + " on loop \"" + kernel.loopName() + "\">";
    }
}
