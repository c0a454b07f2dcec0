package aio.testkit;

import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import aio.spi.DriverContext;
import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongUnaryOperator;

/**
 * Passes everything to another factory's drivers and records how they are polled.
 *
 * <p>Thread safety: any thread.
 */
public final class RecordingDriverFactory implements IoDriverFactory {
    private final IoDriverFactory target;
    private final List<Long> polls = new CopyOnWriteArrayList<>();
    private volatile LongUnaryOperator beforePoll = LongUnaryOperator.identity();

    /** Records what goes to the drivers of {@code target}. */
    public RecordingDriverFactory(IoDriverFactory target) {
        this.target = Objects.requireNonNull(target, "target");
    }

    /**
     * Sets what is called before each poll, on the thread of the loop, with the timeout that the loop asks for in
     * nanoseconds; it returns the timeout that the driver gets.
     */
    public void beforePoll(LongUnaryOperator hook) {
        beforePoll = Objects.requireNonNull(hook, "hook");
    }

    /** Returns the timeouts that loops have asked for so far, in nanoseconds; a negative one is without limit. */
    public List<Long> polls() {
        return List.copyOf(polls);
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        return new RecordingDriver(target.open(context));
    }

    @Override
    public Set<DriverFeature> features() {
        return target.features();
    }

    private final class RecordingDriver implements IoDriver {
        private final IoDriver driver;

        RecordingDriver(IoDriver driver) {
            this.driver = driver;
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            polls.add(timeoutNanos);
            return driver.poll(beforePoll.applyAsLong(timeoutNanos));
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
}
