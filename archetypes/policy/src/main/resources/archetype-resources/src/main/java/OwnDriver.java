package ${package};

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

/**
 * The I/O engine of one loop. It leaves everything to the selector driver: replace what yours does another way, one
 * method after the other, and let the contract suite tell whether it still is a driver.
 */
final class OwnDriver implements IoDriver {
    private final IoDriver inside;

    OwnDriver(IoDriver inside) {
        this.inside = inside;
    }

    @Override
    public int poll(long timeoutNanos) throws IOException {
        return inside.poll(timeoutNanos);
    }

    @Override
    public void dispatch() {
        inside.dispatch();
    }

    @Override
    public void flush() throws IOException {
        inside.flush();
    }

    @Override
    public void wakeup() {
        inside.wakeup();
    }

    @Override
    public StreamPort adopt(SocketChannel channel, StreamEvents events) throws IOException {
        return inside.adopt(channel, events);
    }

    @Override
    public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException {
        return inside.adopt(channel, events);
    }

    @Override
    public ConnectPort connect(SocketChannel channel, ConnectEvents events) throws IOException {
        return inside.connect(channel, events);
    }

    @Override
    public DatagramPort adopt(DatagramChannel channel, DatagramEvents events) throws IOException {
        return inside.adopt(channel, events);
    }

    @Override
    public WatchPort watch(SelectableChannel channel, WatchEvents events) throws IOException {
        return inside.watch(channel, events);
    }

    @Override
    public WatchPort serveRaw(SelectableChannel channel, WatchEvents events) throws IOException {
        return inside.serveRaw(channel, events);
    }

    @Override
    public void close() throws IOException {
        inside.close();
    }
}
