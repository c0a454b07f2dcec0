package aio.core.kernel;

import aio.loop.EventLoop;
import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;

/**
 * A driver without channels: "sleeps" by looking again and again, and notes if no thread has woken it although all that
 * could have returned. No time decides that: a busy machine may hold up a thread for as long as it likes.
 */
final class SpinningDriver implements IoDriver, IoDriverFactory {
    private static final EventLoop NOBODY = (EventLoop) Proxy.newProxyInstance(SpinningDriver.class.getClassLoader(),
            new Class<?>[] {EventLoop.class}, (proxy, method, arguments) -> "loop");

    private volatile boolean woken;
    private volatile boolean everybodyReturned;
    private volatile boolean lost;

    /** Makes a kernel on a driver, without a loop around it. */
    static Kernel kernelOn(IoDriverFactory driver) {
        return kernelOn(driver, new Wants());
    }

    /** Makes the kernel of a loop that follows what {@code wants} publishes. */
    static Kernel kernelOn(IoDriverFactory driver, Wants wants) {
        try {
            return new Kernel(NOBODY, "stressed", driver, wants, /* following= */ true, /* placed= */ true,
                    /* clock= */ null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether it has slept without being woken. */
    boolean isLost() {
        return lost;
    }

    /** No thread schedules any more. */
    void everybodyReturned() {
        everybodyReturned = true;
    }

    @Override
    public String name() {
        return "spinning";
    }

    @Override
    public Set<DriverFeature> features() {
        return Set.of();
    }

    @Override
    public IoDriver open(DriverContext context) {
        return this;
    }

    @Override
    public int poll(long timeoutNanos) {
        if (timeoutNanos != 0) {
            while (!woken) {
                if (everybodyReturned && !woken) {
                    lost = true;
                    break;
                }
                Thread.onSpinWait();
            }
        }
        woken = false;
        return 0;
    }

    @Override
    public void dispatch() {}

    @Override
    public void wakeup() {
        woken = true;
    }

    @Override
    public StreamPort adopt(SocketChannel channel, StreamEvents events) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConnectPort connect(SocketChannel channel, ConnectEvents events) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
