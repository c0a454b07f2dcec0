package aio.spi;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A driver that leaves everything to another one: extend it, and override what must differ. Each method calls its
 * namesake of the other driver and nothing else, so {@link #serveRaw} does not call {@link #watch} of this class. Ports
 * are those of the other driver. Its factory returns the features of the other driver, less those that it takes away.
 *
 * <p>Thread safety: as for any driver. Extended by drivers.
 */
@ConsumerType
public abstract class ForwardingDriver implements IoDriver {
    private final IoDriver driver;

    /** Makes a driver that leaves everything to {@code driver}, and closes it when it is closed itself. */
    protected ForwardingDriver(IoDriver driver) {
        this.driver = Objects.requireNonNull(driver, "driver");
    }

    @Override
    public int poll(long timeoutNanos) throws IOException {
        return driver.poll(timeoutNanos);
    }

    @Override
    public void dispatch() {
        driver.dispatch();
    }

    @Override
    public void flush() throws IOException {
        driver.flush();
    }

    @Override
    public void wakeup() {
        driver.wakeup();
    }

    @Override
    public StreamPort adopt(SocketChannel channel, StreamEvents events) throws IOException {
        return driver.adopt(channel, events);
    }

    @Override
    public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException {
        return driver.adopt(channel, events);
    }

    @Override
    public ConnectPort connect(SocketChannel channel, ConnectEvents events) throws IOException {
        return driver.connect(channel, events);
    }

    @Override
    public DatagramPort adopt(DatagramChannel channel, DatagramEvents events) throws IOException {
        return driver.adopt(channel, events);
    }

    @Override
    public WatchPort watch(SelectableChannel channel, WatchEvents events) throws IOException {
        return driver.watch(channel, events);
    }

    @Override
    public WatchPort serveRaw(SelectableChannel channel, WatchEvents events) throws IOException {
        return driver.serveRaw(channel, events);
    }

    @Override
    public void close() throws IOException {
        driver.close();
    }
}
