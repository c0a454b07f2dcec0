package aio.core.kernel;

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
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A driver without channels: sleeps until it is woken. */
public class SleepingDriver implements IoDriver, IoDriverFactory {
    private final Semaphore wakeUps = new Semaphore(0);
    private final String name;
    int polls;
    int answer;

    public SleepingDriver(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
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
    public int poll(long timeoutNanos) throws IOException {
        polls++;
        try {
            if (timeoutNanos < 0) {
                wakeUps.acquire();
            } else if (timeoutNanos > 0) {
                wakeUps.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        wakeUps.drainPermits();
        return answer;
    }

    @Override
    public void dispatch() {}

    @Override
    public void wakeup() {
        wakeUps.release();
    }

    @Override
    public StreamPort adopt(SocketChannel channel, StreamEvents events) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConnectPort connect(SocketChannel channel, ConnectEvents events) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
