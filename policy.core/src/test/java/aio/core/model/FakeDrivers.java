package aio.core.model;

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
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Drivers that do as little as a probe and idle listeners need, without a selector, and record which of them are open
 * and which one holds each channel. Any thread.
 */
final class FakeDrivers {
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final int STUMBLE_EVERY = 3;
    private static final int MOST_STUMBLES = 10;
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private final Set<FakeDriver> open = ConcurrentHashMap.newKeySet();
    private final Map<Channel, FakeDriver> holders = new ConcurrentHashMap<>();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

    /** How drivers of a factory behave. */
    enum Kind {
        WORKS, IS_SLOW,
        /** Fails under a loop that waits, but too rarely to be given up; in an exchange it would be left. */
        STUMBLES,
        CANNOT_OPEN, CANNOT_OPEN_BY_ERROR,
        /** Gives a channel back, and fails afterwards. */
        CANNOT_RELEASE,
        /** There is none: the policy is for new loops only. */
        NONE,
        /** Opens, and passes its probe, but takes no channel of a loop. Never brought by a service. */
        CANNOT_ADOPT
    }

    IoDriverFactory factory(String name, Kind kind) {
        return new Factory(name, kind);
    }

    static boolean works(Kind kind) {
        return kind != Kind.CANNOT_OPEN && kind != Kind.CANNOT_OPEN_BY_ERROR;
    }

    /** Returns the calls that drivers must not get: closed twice, with a channel in hand, used after that. */
    List<String> wrong() {
        return wrong;
    }

    /** Returns the drivers that are open under loops of a name. */
    List<String> openUnder(String loopName) {
        return open.stream().filter(driver -> driver.loop.equals(loopName)).map(driver -> driver.name).toList();
    }

    /** Returns how many drivers are open. */
    int open() {
        return open.size();
    }

    /** Returns the driver that holds a channel; "parked" if none does. */
    String holder(Channel channel) {
        FakeDriver holder = holders.get(channel);
        return holder == null ? "parked" : holder.name;
    }

    private final class Factory implements IoDriverFactory {
        private final String name;
        private final Kind kind;
        private final AtomicInteger stumbles = new AtomicInteger();

        Factory(String name, Kind kind) {
            this.name = name;
            this.kind = kind;
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
        public IoDriver open(DriverContext context) throws IOException {
            switch (kind) {
                case IS_SLOW -> LockSupport.parkNanos(SLOW_NANOS);
                case CANNOT_OPEN -> throw new IOException("the model wants it");
                case CANNOT_OPEN_BY_ERROR -> throw new AssertionError("the model wants it");
                default -> { }
            }
            FakeDriver made = new FakeDriver(name, context.loopName(), this);
            open.add(made);
            return made;
        }

        private boolean isToFail() {
            return kind == Kind.STUMBLES && stumbles.getAndIncrement() % STUMBLE_EVERY == 0
                    && stumbles.get() < MOST_STUMBLES;
        }
    }

    private final class FakeDriver implements IoDriver {
        private final String name;
        private final String loop;
        private final Factory factory;
        private final Semaphore wakeUps = new Semaphore(0);
        private final List<Runnable> work = new ArrayList<>();

        FakeDriver(String name, String loop, Factory factory) {
            this.name = name;
            this.loop = loop;
            this.factory = factory;
        }

        /** Only a probe has anything to deliver. */
        @Override
        public int poll(long timeoutNanos) throws IOException {
            check();
            if (loop.equals("probe")) {
                LockSupport.parkNanos(LOOK_NANOS);
                return 1;
            }
            if (timeoutNanos != 0 && factory.isToFail()) { // in an exchange no loop waits
                throw new IOException("the model wants it");
            }
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
            return 0;
        }

        @Override
        public void dispatch() {
            check();
            List.copyOf(work).forEach(Runnable::run);
        }

        @Override
        public void wakeup() {
            wakeUps.release();
        }

        @Override
        public StreamPort adopt(SocketChannel channel, StreamEvents events) {
            take(channel);
            return new FakeStream(this, channel, events);
        }

        @Override
        public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException {
            check();
            if (factory.kind == Kind.CANNOT_ADOPT && !loop.equals("probe")) {
                throw new IOException("the model wants it");
            }
            take(channel);
            return new FakeListener(this, channel, events);
        }

        @Override
        public ConnectPort connect(SocketChannel channel, ConnectEvents events) {
            take(channel);
            Runnable look = () -> {
                try {
                    if (channel.finishConnect()) {
                        events.connected();
                    }
                } catch (IOException e) {
                    events.failed(e);
                }
            };
            work.add(look);
            return () -> {
                work.remove(look);
                give(channel);
            };
        }

        private void check() {
            if (!open.contains(this)) {
                wrong.add("driver " + name + " of loop " + loop + " was used after its end");
            }
        }

        /** A channel may be adopted before the earlier driver gives it back: then the later driver holds it. */
        private void take(Channel channel) {
            check();
            holders.put(channel, this);
        }

        private void give(Channel channel) {
            check();
            holders.remove(channel, this);
        }

        @Override
        public void close() {
            if (!open.remove(this)) {
                wrong.add("driver " + name + " of loop " + loop + " was closed twice");
            }
            if (holders.containsValue(this)) {
                wrong.add("driver " + name + " of loop " + loop + " was closed with a channel in hand");
            }
        }
    }

    private record FakeListener(FakeDriver driver, ServerSocketChannel channel, ListenerEvents events, Runnable look)
            implements ListenerPort {
        FakeListener(FakeDriver driver, ServerSocketChannel channel, ListenerEvents events) {
            this(driver, channel, events, () -> {
                try {
                    SocketChannel accepted = channel.accept();
                    if (accepted != null) {
                        events.accepted(accepted);
                    }
                } catch (IOException e) {
                    events.failed(e);
                }
            });
        }

        @Override
        public void resumeAccepting() {
            if (driver.loop.equals("probe")) {
                driver.work.add(look);
            }
        }

        @Override
        public void pauseAccepting() {
            driver.work.remove(look);
        }

        @Override
        public void release() {
            pauseAccepting();
            driver.give(channel);
            if (driver.factory.kind == Kind.CANNOT_RELEASE && !driver.loop.equals("probe")) {
                throw new IllegalStateException("the model wants it");
            }
        }
    }

    private record FakeStream(FakeDriver driver, SocketChannel channel, StreamEvents events, Runnable look)
            implements StreamPort {
        FakeStream(FakeDriver driver, SocketChannel channel, StreamEvents events) {
            this(driver, channel, events, () -> {
                try {
                    ByteBuffer buffer = events.receiveBuffer();
                    int count = buffer == null ? 0 : channel.read(buffer);
                    if (count > 0) {
                        events.filled(buffer, count);
                    }
                } catch (IOException e) {
                    events.failed(e);
                }
            });
        }

        @Override
        public void resumeReading() {
            driver.work.add(look);
        }

        @Override
        public void pauseReading() {
            driver.work.remove(look);
        }

        @Override
        public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
            return channel.write(buffers, offset, count);
        }

        @Override
        public int write(ByteBuffer buffer) throws IOException {
            return channel.write(buffer);
        }

        @Override
        public void shutdownOutput() throws IOException {
            channel.shutdownOutput();
        }

        @Override
        public void release() {
            pauseReading();
            driver.give(channel);
        }
    }
}
