package aio.core.kernel;

import aio.core.foreign.CoreLog;
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
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a loop runs on while no policy brings a driver: it waits for time and wake-ups, and its channels are suspended.
 * They continue where they were when a driver adopts them.
 */
final class ParkedDriver implements IoDriver {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final Semaphore wakeups = new Semaphore(0);

    @Override
    public int poll(long timeoutNanos) {
        Thread.interrupted(); // an interrupt is no reason for a loop to spin or to end
        try {
            if (timeoutNanos < 0) {
                wakeups.acquire();
            } else if (timeoutNanos > 0) {
                wakeups.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "a parked loop was interrupted, which wakes it and means nothing else", e);
        }
        wakeups.drainPermits();
        return 0;
    }

    @Override
    public void dispatch() {
        // nothing ever happens here
    }

    @Override
    public void wakeup() {
        if (wakeups.availablePermits() == 0) {
            wakeups.release();
        }
    }

    @Override
    public StreamPort adopt(SocketChannel channel, StreamEvents events) {
        return new Suspended(channel);
    }

    @Override
    public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) {
        return new Suspended(null);
    }

    @Override
    public ConnectPort connect(SocketChannel channel, ConnectEvents events) {
        return new Suspended(null);
    }

    @Override
    public DatagramPort adopt(DatagramChannel channel, DatagramEvents events) {
        return new Suspended(null);
    }

    @Override
    public WatchPort watch(SelectableChannel channel, WatchEvents events) {
        return new Suspended(null);
    }

    @Override
    public void close() {
        // nothing was opened
    }

    /** A port at which nothing happens. */
    private static final class Suspended
            implements StreamPort, ListenerPort, ConnectPort, DatagramPort, WatchPort {
        private final @Nullable SocketChannel stream;

        Suspended(@Nullable SocketChannel stream) {
            this.stream = stream;
        }

        @Override
        public void release() {
            // nothing is in flight
        }

        @Override
        public void resumeReading() {
            // the next driver is told again
        }

        @Override
        public void pauseReading() {
            // nothing is read anyway
        }

        @Override
        public long write(ByteBuffer[] buffers, int offset, int count) {
            return 0;
        }

        @Override
        public int write(ByteBuffer buffer) {
            return 0;
        }

        @Override
        public long transferFrom(FileChannel file, long position, long count) {
            return 0;
        }

        @Override
        public void shutdownOutput() throws IOException {
            if (stream != null) {
                stream.shutdownOutput(); // nothing is in flight that this could overtake
            }
        }

        @Override
        public void resumeAccepting() {
            // the next driver is told again
        }

        @Override
        public void pauseAccepting() {
            // nothing is accepted anyway
        }

        @Override
        public void resumeReceiving() {
            // the next driver is told again
        }

        @Override
        public void pauseReceiving() {
            // nothing is received anyway
        }

        @Override
        public boolean send(ByteBuffer data, SocketAddress target) {
            return false;
        }

        @Override
        public void interest(boolean reading, boolean writing) {
            // the next driver is told again
        }
    }
}
