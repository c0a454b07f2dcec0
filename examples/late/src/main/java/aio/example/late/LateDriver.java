package aio.example.late;

import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import aio.spi.IoDriver;
import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The selector's driver, whose polls return 60 ms late. Threads as for any driver. */
final class LateDriver implements IoDriver {
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private final IoDriver real;

    LateDriver(IoDriver real) {
        this.real = real;
    }

    @Override
    public int poll(long timeoutNanos) throws IOException {
        int found = real.poll(timeoutNanos);
        long end = System.nanoTime() + LATE_NANOS;
        for (long left = LATE_NANOS; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left); // a wakeup, too, has to wait
        }
        return found;
    }

    @Override
    public void dispatch() {
        real.dispatch();
    }

    @Override
    public void flush() throws IOException {
        real.flush();
    }

    @Override
    public void wakeup() {
        real.wakeup();
    }

    @Override
    public StreamPort adopt(SocketChannel channel, StreamEvents events) throws IOException {
        return real.adopt(channel, events);
    }

    @Override
    public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException {
        return real.adopt(channel, events);
    }

    @Override
    public ConnectPort connect(SocketChannel channel, ConnectEvents events) throws IOException {
        return real.connect(channel, events);
    }

    @Override
    public DatagramPort adopt(DatagramChannel channel, DatagramEvents events) throws IOException {
        return real.adopt(channel, events);
    }

    @Override
    public WatchPort watch(SelectableChannel channel, WatchEvents events) throws IOException {
        return real.watch(channel, events);
    }

    @Override
    public WatchPort serveRaw(SelectableChannel channel, WatchEvents events) throws IOException {
        return real.serveRaw(channel, events);
    }

    @Override
    public void close() throws IOException {
        real.close();
    }
}
