package aio.testkit.net;

import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import aio.testkit.Await;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A driver that does no I/O: the test says what happens and sees what the loop asks for. The channels are real, since a
 * loop accepts no others, but never read or written. All methods here may be called from any thread; the loop's thread
 * delivers the events, in {@code dispatch}.
 */
public final class ScriptedDriver implements IoDriverFactory {
    private final Object lock = new Object();
    private final ArrayDeque<Runnable> script = new ArrayDeque<>();
    private final List<ScriptedStream> streams = new CopyOnWriteArrayList<>();
    private final List<ScriptedListener> listeners = new CopyOnWriteArrayList<>();
    private final List<ScriptedConnect> connects = new CopyOnWriteArrayList<>();
    private final List<ScriptedDatagram> datagrams = new CopyOnWriteArrayList<>();
    private final List<ScriptedWatch> watches = new CopyOnWriteArrayList<>();
    private boolean woken;
    private int opened;
    private int closed;
    private @Nullable IOException pollFailure;

    /** Makes one. */
    public ScriptedDriver() {}

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Set<DriverFeature> features() {
        return Set.of(DriverFeature.DATAGRAMS);
    }

    @Override
    public IoDriver open(DriverContext context) {
        synchronized (lock) {
            opened++;
        }
        return new Engine();
    }

    /** Lets an event happen in the next dispatch. */
    public void post(Runnable event) {
        synchronized (lock) {
            script.add(event);
            lock.notifyAll();
        }
    }

    /** Lets the next poll fail. */
    public void breakPoll(IOException failure) {
        synchronized (lock) {
            pollFailure = failure;
            lock.notifyAll();
        }
    }

    /** Returns how many drivers were opened. */
    public int opened() {
        synchronized (lock) {
            return opened;
        }
    }

    /** Returns how many drivers were closed. */
    public int closed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Returns the streams that were adopted so far, including those released since. */
    public List<ScriptedStream> streams() {
        return streams;
    }

    /** Returns the {@code index}th stream; waits for it. */
    public ScriptedStream stream(int index) {
        return nth("stream", streams, index);
    }

    /** Returns the {@code index}th listener; waits for it. */
    public ScriptedListener listener(int index) {
        return nth("listener", listeners, index);
    }

    /** Returns the {@code index}th connect; waits for it. */
    public ScriptedConnect connect(int index) {
        return nth("connect", connects, index);
    }

    /** Returns the {@code index}th datagram socket; waits for it. */
    public ScriptedDatagram datagram(int index) {
        return nth("datagram socket", datagrams, index);
    }

    /** Returns the {@code index}th watched descriptor; waits for it. */
    public ScriptedWatch watch(int index) {
        return nth("watched descriptor", watches, index);
    }

    private static <T> T nth(String what, List<T> list, int index) {
        Await.until(what + " " + index, () -> list.size() > index);
        return list.get(index);
    }

    /** One opened driver; all drivers of a factory follow the same script. */
    private final class Engine implements IoDriver {
        private final ArrayDeque<Runnable> collected = new ArrayDeque<>();

        @Override
        public int poll(long timeoutNanos) throws IOException {
            synchronized (lock) {
                if (collected.isEmpty()) {
                    await(timeoutNanos);
                }
                woken = false;
                IOException failure = pollFailure;
                if (failure != null) {
                    pollFailure = null;
                    throw failure;
                }
                collected.addAll(script);
                script.clear();
                return collected.size();
            }
        }

        private void await(long timeoutNanos) {
            long end = System.nanoTime() + timeoutNanos;
            while (script.isEmpty() && !woken && pollFailure == null) {
                long left = timeoutNanos < 0 ? Long.MAX_VALUE : end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                try {
                    lock.wait(left / 1_000_000, (int) (left % 1_000_000));
                } catch (InterruptedException e) {
                    return; // one more turn, with the flag cleared
                }
            }
        }

        @Override
        public void dispatch() {
            Runnable next = collected.poll();
            while (next != null) {
                next.run();
                next = collected.poll();
            }
        }

        @Override
        public void wakeup() {
            synchronized (lock) {
                woken = true;
                lock.notifyAll();
            }
        }

        @Override
        public StreamPort adopt(SocketChannel channel, StreamEvents events) {
            ScriptedStream stream = new ScriptedStream(ScriptedDriver.this, channel, events);
            streams.add(stream);
            return stream;
        }

        @Override
        public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) {
            ScriptedListener listener = new ScriptedListener(ScriptedDriver.this, channel, events);
            listeners.add(listener);
            return listener;
        }

        @Override
        public ConnectPort connect(SocketChannel channel, ConnectEvents events) {
            ScriptedConnect connect = new ScriptedConnect(ScriptedDriver.this, channel, events);
            connects.add(connect);
            return connect;
        }

        @Override
        public DatagramPort adopt(DatagramChannel channel, DatagramEvents events) {
            ScriptedDatagram datagram = new ScriptedDatagram(ScriptedDriver.this, channel, events);
            datagrams.add(datagram);
            return datagram;
        }

        @Override
        public WatchPort watch(SelectableChannel channel, WatchEvents events) {
            ScriptedWatch watch = new ScriptedWatch(ScriptedDriver.this, channel, events);
            watches.add(watch);
            return watch;
        }

        @Override
        public void close() {
            synchronized (lock) {
                closed++;
            }
        }
    }
}
