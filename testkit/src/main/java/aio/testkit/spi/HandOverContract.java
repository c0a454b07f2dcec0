package aio.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.ConnectPort;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.ListenerPort;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import aio.spi.WatchPort;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two drivers hold one channel at once; the new one takes over and the old one releases it. */
@Timeout(60)
@NotInAsyncio(NotInAsyncio.ENGINE)
public abstract class HandOverContract extends DriverFixture {
    private static final int HAND_OVERS = 1000;

    private IoDriver[] drivers;

    @BeforeEach
    void openSecond() throws IOException {
        drivers = new IoDriver[] {driver, open("second")};
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task).start();
        return task;
    }

    /** Checks that the longs that arrive count up from 0 without a gap. */
    private static final class Counting implements StreamEvents {
        private final ByteBuffer buffer = ByteBuffer.allocate(1000);
        private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
        private long expected;
        private boolean ended;

        @Override
        public ByteBuffer receiveBuffer() {
            return buffer.clear();
        }

        @Override
        public boolean filled(ByteBuffer filled, int count) {
            return received(filled.flip());
        }

        @Override
        public boolean received(ByteBuffer bytes) {
            assertThat(ended).isFalse();
            while (bytes.hasRemaining()) {
                number.put(bytes.get());
                if (!number.hasRemaining()) {
                    // there are millions: an assertion on each would take most of the time
                    long arrived = number.flip().getLong();
                    if (arrived != expected) {
                        throw new AssertionError("number " + arrived + " arrived, expected " + expected);
                    }
                    expected++;
                    number.clear();
                }
            }
            return true;
        }

        @Override
        public void unread(ByteBuffer bytes) {
            received(bytes);
        }

        @Override
        public void unwritten(ByteBuffer bytes) {
            throw new AssertionError("nothing was written");
        }

        @Override
        public void endOfStream() {
            ended = true;
        }

        @Override
        public void writable() {
            throw new AssertionError("nothing was written");
        }

        @Override
        public void failed(IOException cause) {
            throw new AssertionError(cause);
        }
    }

    @Test
    void stream_underTraffic_losesNoByte() throws Exception {
        Pair pair = closing(Pair.tcp());
        AtomicBoolean stop = new AtomicBoolean();
        FutureTask<Long> peer = start(() -> sendNumbers(pair.peer(), stop));
        Counting events = new Counting();
        StreamPort port = drivers[0].adopt(pair.ours(), events);
        port.resumeReading();
        for (int i = 0; i < HAND_OVERS; i++) {
            IoDriver old = drivers[i % 2];
            IoDriver next = drivers[(i + 1) % 2];
            long before = events.expected;
            turnUntil(old, () -> events.expected > before);
            // every other time with an event collected and not delivered
            old.poll(i % 4 < 2 ? -1 : 0);
            StreamPort taken = next.adopt(pair.ours(), events);
            taken.resumeReading();
            port.release();
            old.dispatch();
            old.poll(0);
            port = taken;
        }
        stop.set(true);
        turnUntil(drivers[0], () -> events.ended);
        assertThat(events.expected).isEqualTo(peer.get()).isGreaterThan(HAND_OVERS);
    }

    private static long sendNumbers(SocketChannel channel, AtomicBoolean stop) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(100 * Long.BYTES);
        long next = 0;
        while (!stop.get()) {
            block.clear();
            while (block.hasRemaining()) {
                block.putLong(next++);
            }
            block.flip();
            while (block.hasRemaining()) {
                channel.write(block);
            }
        }
        channel.shutdownOutput();
        return next;
    }

    @Test
    void stream_writableWasDue_isAskedForAgainByTheNext() throws IOException {
        Pair pair = closing(Pair.tcp());
        RecordingEvents events = recorder();
        StreamPort port = drivers[0].adopt(pair.ours(), events);
        ByteBuffer large = ByteBuffer.allocate(32 << 20);
        long sent = port.write(large);
        assertThat(large.hasRemaining()).isTrue();
        StreamPort taken = drivers[1].adopt(pair.ours(), events);
        port.release();
        ByteBuffer handedBack = Pair.bytes(events.unwritten());
        sent -= handedBack.remaining();
        sent += taken.write(new ByteBuffer[] {handedBack, large}, 0, 2);
        pair.peer().configureBlocking(false);
        ByteBuffer read = ByteBuffer.allocate(Math.toIntExact(sent));
        turnUntil(drivers[1], () -> {
            readSome(pair, read);
            return !read.hasRemaining() && events.log().contains("writable");
        });
        drivers[0].poll(0);
        drivers[0].dispatch();
        events.log().remove("unwritten");
        // once for room and, if the driver took some bytes itself, once for the last of them
        assertThat(events.log()).containsOnly("writable").hasSizeBetween(1, handedBack.capacity() == 0 ? 1 : 2);
    }

    private static void readSome(Pair pair, ByteBuffer into) {
        try {
            assertThat(pair.peer().read(into)).isNotNegative();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void listener_underConnects_refusesNone() throws Exception {
        int connects = 2000;
        ServerSocketChannel server = closing(Pair.listener(128));
        server.configureBlocking(false);
        FutureTask<Integer> client = start(() -> {
            int answered = 0;
            for (int i = 0; i < connects; i++) {
                try (SocketChannel channel = SocketChannel.open(server.getLocalAddress())) {
                    answered += channel.read(ByteBuffer.allocate(1));
                }
            }
            return answered;
        });
        RecordingEvents events = recorder();
        int[] served = {0};
        events.on("accepted", () -> served[0] += answer(events.accepted()));
        ListenerPort port = drivers[0].adopt(server, events);
        port.resumeAccepting();
        int handOvers = 0;
        while (served[0] < connects) {
            IoDriver old = drivers[handOvers % 2];
            IoDriver next = drivers[++handOvers % 2];
            old.poll(SHORT);
            ListenerPort taken = next.adopt(server, events);
            taken.resumeAccepting();
            port.release();
            old.dispatch();
            old.poll(0);
            next.poll(SHORT);
            next.dispatch();
            port = taken;
        }
        assertThat(client.get()).isEqualTo(connects);
        assertThat(handOvers).isGreaterThan(100);
        assertThat(events.failures()).isEmpty();
    }

    private static int answer(List<SocketChannel> accepted) {
        try (SocketChannel channel = accepted.remove(0)) {
            return channel.write(Pair.bytes("!"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void connect_doneOrNot_isDeliveredByTheNextOnly() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(128));
        for (int i = 0; i < 100; i++) {
            RecordingEvents first = recorder();
            RecordingEvents second = recorder();
            try (SocketChannel channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                assertThat(channel.connect(server.getLocalAddress())).isFalse();
                ConnectPort port = drivers[0].connect(channel, first);
                drivers[0].poll(i % 2 == 0 ? 0 : -1);
                ConnectPort taken = drivers[1].connect(channel, second);
                port.release();
                drivers[0].dispatch();
                drivers[0].poll(0);
                turnUntil(drivers[1], () -> !second.log().isEmpty());
                taken.release();
                drivers[1].poll(0);
                server.accept().close();
            }
            assertThat(first.log()).isEmpty();
            assertThat(second.log()).containsExactly("connected");
        }
    }

    @Test
    void connect_waitingForAFullBacklog_continuesInTheNext() throws Exception {
        ServerSocketChannel server = closing(Pair.listener(1));
        List<RecordingEvents> waiting = new ArrayList<>();
        List<ConnectPort> ports = new ArrayList<>();
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SocketChannel channel = closing(SocketChannel.open());
            channel.configureBlocking(false);
            channel.connect(server.getLocalAddress());
            RecordingEvents events = recorder();
            waiting.add(events);
            channels.add(channel);
            ports.add(drivers[0].connect(channel, events));
        }
        turn();
        assertThat(waiting).as("the backlog is full").anyMatch(events -> events.log().isEmpty());
        for (int i = 0; i < ports.size(); i++) {
            if (waiting.get(i).log().isEmpty()) {
                drivers[1].connect(channels.get(i), waiting.get(i));
            }
            ports.get(i).release();
        }
        drivers[0].poll(0);
        start(() -> {
            for (int i = 0; i < 6; i++) {
                server.accept();
            }
            return null;
        });
        turnUntil(drivers[1], () -> waiting.stream().allMatch(events -> events.log().size() == 1));
        assertThat(waiting).allMatch(events -> events.log().equals(List.of("connected")));
    }

    @Test
    void watch_readable_isSeenByTheNext() throws IOException {
        Pair pair = closing(Pair.tcp());
        RecordingEvents events = recorder();
        WatchPort port = watch(drivers[0], pair.ours(), events);
        port.interest(true, false);
        pair.send("x");
        drivers[0].poll(-1);
        WatchPort taken = watch(drivers[1], pair.ours(), events);
        taken.interest(true, false);
        port.release();
        drivers[0].dispatch();
        assertThat(events.log()).isEmpty();
        turnUntil(drivers[1], () -> !events.log().isEmpty());
    }

    private WatchPort watch(IoDriver watching, SocketChannel channel, RecordingEvents events) throws IOException {
        return factory().features().contains(DriverFeature.DESCRIPTOR_WATCHING)
                ? watching.watch(channel, events) : watching.serveRaw(channel, events);
    }

    @Test
    void backAndForth_withoutAPollBetween_works() throws IOException {
        Pair pair = closing(Pair.tcp());
        RecordingEvents events = recorder();
        StreamPort port = drivers[0].adopt(pair.ours(), events);
        for (int i = 1; i <= 10; i++) {
            StreamPort taken = drivers[i % 2].adopt(pair.ours(), events);
            port.release();
            port = taken;
        }
        port.resumeReading();
        pair.send("x");
        turnUntil(drivers[0], () -> events.received() == 1);
        port.release();
        drivers[0].poll(0);
        drivers[1].poll(0);
        assertThat(pair.ours().isRegistered()).isFalse();
    }
}
