package aio.testkit.net;

import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.ForwardingDriver;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A driver that works until the test wants it to fail: under one loop only, since a core may probe a driver before. Any
 * thread.
 */
final class FaultyDriver implements IoDriverFactory {
    private final IoDriverFactory real;
    private final String loopName;
    private final AtomicInteger adoptionsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger datagramsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger brokenPolls = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean refusesToOpen;
    private volatile boolean throwsUnchecked;
    private volatile boolean failsToClose;
    private volatile boolean failsToRelease;
    private volatile boolean neverReleases;
    private volatile boolean failsToDispatch;
    private volatile boolean copiesFiles;
    private final Set<DriverFeature> features = EnumSet.noneOf(DriverFeature.class);

    FaultyDriver(IoDriverFactory real, String loopName) {
        this.real = real;
        features.addAll(real.features());
        this.loopName = loopName;
    }

    FaultyDriver refuseToOpen() {
        refusesToOpen = true;
        return this;
    }

    FaultyDriver failAfterAdoptions(int count) {
        adoptionsLeft.set(count);
        return this;
    }

    FaultyDriver failAfterDatagrams(int count) {
        datagramsLeft.set(count);
        return this;
    }

    FaultyDriver throwUnchecked() {
        throwsUnchecked = true;
        return this;
    }

    FaultyDriver failToClose() {
        failsToClose = true;
        return this;
    }

    /** Lets each port fail, as it claims, at its first release; or at each one. */
    FaultyDriver failToRelease(boolean always) {
        failsToRelease = true;
        neverReleases = always;
        return this;
    }

    FaultyDriver takeNoFiles() {
        copiesFiles = true;
        return this;
    }

    FaultyDriver serveNoRawSockets() {
        features.remove(DriverFeature.RAW_SOCKETS);
        return this;
    }

    FaultyDriver serveNoDatagrams() {
        features.remove(DriverFeature.DATAGRAMS);
        return this;
    }

    /** Lets one dispatch throw, before it has delivered anything. */
    void breakDispatch() {
        failsToDispatch = true;
    }

    void breakPolls(int count) {
        brokenPolls.set(count);
    }

    int opened() {
        return opened.get();
    }

    int closed() {
        return closed.get();
    }

    /** Returns how often it has failed as wanted. */
    int refused() {
        return refused.get();
    }

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public Set<DriverFeature> features() {
        return features;
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        if (!context.loopName().equals(loopName)) {
            return real.open(context);
        }
        if (refusesToOpen) {
            throw failure("cannot open");
        }
        IoDriver driver = real.open(context);
        opened.incrementAndGet();
        return new Wrapper(driver);
    }

    private IOException failure(String message) {
        refused.incrementAndGet();
        if (throwsUnchecked) {
            throw new IllegalStateException("the test wants it: " + message);
        }
        return new IOException("the test wants it: " + message);
    }

    private void countAdoption(AtomicInteger adoptionsLeft) throws IOException {
        if (adoptionsLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            throw failure("cannot adopt");
        }
    }

    private final class Wrapper extends ForwardingDriver {
        Wrapper(IoDriver driver) {
            super(driver);
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            if (brokenPolls.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw failure("cannot poll");
            }
            return super.poll(timeoutNanos);
        }

        @Override
        public void dispatch() {
            if (failsToDispatch) {
                failsToDispatch = false;
                refused.incrementAndGet();
                throw new IllegalStateException("the test wants it: cannot dispatch");
            }
            super.dispatch();
        }

        @Override
        public StreamPort adopt(SocketChannel channel, StreamEvents events) throws IOException {
            countAdoption(adoptionsLeft);
            StreamPort port = super.adopt(channel, events);
            return failsToRelease || copiesFiles ? new Wrapped(port) : port;
        }

        @Override
        public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException {
            countAdoption(adoptionsLeft);
            return super.adopt(channel, events);
        }

        @Override
        public ConnectPort connect(SocketChannel channel, ConnectEvents events) throws IOException {
            countAdoption(adoptionsLeft);
            return super.connect(channel, events);
        }

        @Override
        public DatagramPort adopt(DatagramChannel channel, DatagramEvents events) throws IOException {
            countAdoption(datagramsLeft);
            return super.adopt(channel, events);
        }

        @Override
        public WatchPort watch(SelectableChannel channel, WatchEvents events) throws IOException {
            countAdoption(adoptionsLeft);
            return super.watch(channel, events);
        }

        @Override
        public WatchPort serveRaw(SelectableChannel channel, WatchEvents events) throws IOException {
            countAdoption(adoptionsLeft);
            return super.serveRaw(channel, events);
        }

        @Override
        public void close() throws IOException {
            closed.incrementAndGet();
            super.close();
            if (failsToClose) {
                throw failure("cannot close");
            }
        }
    }

    /** Takes no files; if the test wants it, releases its channel and then claims that this failed. */
    private final class Wrapped implements StreamPort {
        private final StreamPort port;
        private boolean asked;

        Wrapped(StreamPort port) {
            this.port = port;
        }

        @Override
        public void resumeReading() {
            port.resumeReading();
        }

        @Override
        public void pauseReading() {
            port.pauseReading();
        }

        @Override
        public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
            return port.write(buffers, offset, count);
        }

        @Override
        public int write(ByteBuffer buffer) throws IOException {
            return port.write(buffer);
        }

        @Override
        public long unwritten() {
            return port.unwritten();
        }

        @Override
        public void flush() throws IOException {
            port.flush();
        }

        @Override
        public void shutdownOutput() throws IOException {
            port.shutdownOutput();
        }

        @Override
        public void release() {
            port.release();
            if (!failsToRelease || asked && !neverReleases) {
                return;
            }
            asked = true;
            refused.incrementAndGet();
            throw new IllegalStateException("the test wants it: cannot release");
        }
    }
}
