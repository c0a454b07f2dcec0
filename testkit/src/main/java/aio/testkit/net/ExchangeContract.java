package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.EventLoops;
import aio.loop.LoopFuture;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.policy.EventLoopPolicy;
import aio.testkit.Await;
import aio.testkit.NotInAsyncio;
import aio.testkit.VirtualClock;
import aio.transport.Connection;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The live exchange of a loop's driver: nothing is lost, nothing is reordered, no peer notices. */
@NotInAsyncio(NotInAsyncio.EXCHANGE)
public abstract class ExchangeContract extends ExchangingContract {
    private static final int MEGABYTE = 1024 * 1024;

    /** For subclasses. */
    protected ExchangeContract() {}

    @Test
    void listeners_stayTheSameSocket_andContinueAccepting() throws Exception {
        Server echo = serve(RecordingProtocol::echo);
        ServerSocketChannel socket = echo.sockets().get(0);
        clients(echo, 1);
        exchange();
        assertThat(echo.sockets()).containsExactly(socket);
        assertThat(socket.isOpen()).isTrue();
        assertThat(echo.isServing()).isTrue();
        clients(echo, 5);
    }

    @Test
    void connectsThatWaitInTheBacklog_areServedAfterwards() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.echo();
        Server echo = serve(protocols);
        List<BlockingClient> waiting = new ArrayList<>();
        running.run(() -> {
            for (int i = 0; i < 20; i++) {
                waiting.add(connect(echo)); // the kernel connects, the loop is busy here
            }
            EventLoops.setEventLoopPolicy(policy());
        });
        assertAlive(waiting);
        assertThat(protocols.count()).isEqualTo(20);
    }

    @Test
    void connections_keepEveryByte_inBothDirections() throws Exception {
        BytePattern down = new BytePattern(6);
        BytePattern up = new BytePattern(7);
        long total = 24L * MEGABYTE;
        Spawn<PumpProtocol> pumps = new Spawn<>(() -> new PumpProtocol(down, up, total));
        BlockingClient client = connect(serve(pumps));
        Semaphore lastOnes = new Semaphore(0); // so that not all is over before the second exchange
        CompletableFuture<Boolean> sent = inBackground(() -> {
            for (long position = 0; position < total; position += MEGABYTE) {
                if (position >= total - 4L * MEGABYTE) {
                    lastOnes.acquire();
                }
                client.send(up.bytes(position, MEGABYTE));
            }
        });
        CompletableFuture<Boolean> received = inBackground(() -> client.receive(down, 0, total));
        PumpProtocol pump = pumps.nth(0);
        int exchanges = 0;
        while (!pump.receivedAll().isDone() && exchanges < 20) {
            long seen = pump.received();
            exchange();
            exchanges++;
            lastOnes.release(2);
            Await.until("more bytes", () -> pump.received() > seen || pump.receivedAll().isDone());
        }
        assertThat(exchanges).isGreaterThan(1);
        assertThat(sent.get(12, TimeUnit.SECONDS)).isTrue();
        assertThat(received.get(12, TimeUnit.SECONDS)).isTrue();
        assertThat(pump.receivedAll().get(12, TimeUnit.SECONDS)).isTrue();
    }

    private static CompletableFuture<Boolean> inBackground(LoopThread.Action action) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                action.run();
                done.complete(true);
            } catch (Exception | AssertionError e) {
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    @Test
    void pausedReading_staysPaused() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        running.run(() -> protocol.transport().pauseReading());
        pair.client().send("before ");
        exchange();
        pair.client().send("after");
        pair.client().shutdownOutput();
        running.linger(Duration.ofMillis(100));
        assertThat(protocol.events()).containsExactly("made");
        running.run(() -> {
            assertThat(protocol.transport().isReading()).isFalse();
            protocol.transport().resumeReading();
        });
        assertThat(protocol.awaitLost()).isNull();
        assertThat(protocol.text()).isEqualTo("before after");
    }

    @Test
    void pendingWrites_surviveInOrder() throws Exception {
        BytePattern pattern = new BytePattern(8);
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        BlockingClient client = slowReader(protocols, pattern, 4 * MEGABYTE);
        StreamTransport transport = protocols.nth(0).transport();
        exchange();
        running.run(() -> {
            assertThat(transport.getWriteBufferSize()).isPositive();
            transport.write(pattern.bytes(4L * MEGABYTE, MEGABYTE));
        });
        exchange();
        client.receive(pattern, 0, 5L * MEGABYTE);
        protocols.nth(0).await("resume");
        assertThat(protocols.nth(0).events()).containsExactly("made", "pause", "resume");
    }

    @Test
    void closingTransports_flushAndEnd() throws Exception {
        BytePattern pattern = new BytePattern(9);
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        BlockingClient client = slowReader(protocols, pattern, 2 * MEGABYTE);
        running.run(() -> protocols.nth(0).transport().close());
        exchange();
        client.receive(pattern, 0, 2L * MEGABYTE);
        assertThat(client.isAtEnd()).isTrue();
        assertThat(protocols.nth(0).awaitLost()).isNull();
    }

    @Test
    void whatThePeerHalfClosed_staysHalfClosed() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol(true));
        pair.client().send("q");
        pair.client().shutdownOutput();
        protocol.await("eof");
        exchange();
        running.linger(Duration.ofMillis(50));
        assertThat(protocol.events()).containsExactly("made", "data", "eof");
        running.run(() -> protocol.transport().write("answer".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(pair.client().receiveText(6)).isEqualTo("answer");
        running.run(() -> protocol.transport().close());
        assertThat(protocol.awaitLost()).isNull();
        assertThat(protocol.count("eof")).isEqualTo(1);
    }

    @Test
    void whatWeHalfClosed_staysHalfClosed() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        running.run(() -> protocol.transport().writeEof());
        assertThat(pair.client().isAtEnd()).isTrue();
        exchange();
        pair.client().send("still heard");
        protocol.awaitBytes(11);
        running.run(() -> assertThatThrownBy(() -> protocol.transport().write(new byte[1]))
                .isInstanceOf(IllegalStateException.class));
        pair.client().close();
        assertThat(protocol.awaitLost()).isNull();
    }

    @Test
    void anEndThatWaitsAfterTheQueue_isSent() throws Exception {
        BytePattern pattern = new BytePattern(10);
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        BlockingClient client = slowReader(protocols, pattern, 2 * MEGABYTE);
        running.run(() -> protocols.nth(0).transport().writeEof());
        exchange();
        client.receive(pattern, 0, 2L * MEGABYTE);
        assertThat(client.isAtEnd()).isTrue();
        assertThat(protocols.nth(0).events()).doesNotContain("lost");
    }

    @Test
    void connectsInProgress_complete() throws Exception {
        FullBacklog backlog = closing(new FullBacklog());
        LoopFuture<Connection<RecordingProtocol>> future =
                loop.createConnection(RecordingProtocol::new, "127.0.0.1", backlog.address().getPort());
        Await.until("the connect is in progress", () -> loop.info().connecting() == 1);
        exchange();
        assertThat(future.isDone()).isFalse();
        assertThat(loop.info().connecting()).isEqualTo(1);
        Await.until("the kernel has connected", () -> {
            backlog.drain();
            return future.isDone();
        });
        InetSocketAddress local =
                (InetSocketAddress) done(future).transport().getExtraInfo(StreamTransport.SOCKNAME);
        Await.until("the other side has it", () -> backlog.hasAcceptedFrom(local.getPort()));
    }

    @Test
    void watchedDescriptors_goOn() throws Exception {
        assumeTrue(watchesDescriptors(), "the drivers under test do not watch descriptors");
        Pipe pipe = Pipe.open();
        closing(pipe.source()).configureBlocking(false);
        closing(pipe.sink()).configureBlocking(false);
        List<Byte> read = new CopyOnWriteArrayList<>();
        AtomicInteger writable = new AtomicInteger();
        running.run(() -> {
            loop.addReader(pipe.source(), () -> readOne(pipe.source(), read));
            loop.addWriter(pipe.sink(), writable::incrementAndGet);
        });
        exchange();
        int before = writable.get();
        Await.until("the writer is called", () -> writable.get() > before);
        pipe.sink().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        Await.until("three bytes, one in a turn", () -> read.size() == 3);
        assertThat(read).containsExactly((byte) 1, (byte) 2, (byte) 3);
        running.run(() -> {
            assertThat(loop.removeReader(pipe.source())).isTrue();
            assertThat(loop.removeWriter(pipe.sink())).isTrue();
            assertThat(loop.removeWriter(pipe.sink())).isFalse();
        });
        int after = writable.get();
        running.turns(3);
        assertThat(writable).hasValue(after);
    }

    private static void readOne(Pipe.SourceChannel source, List<Byte> into) {
        ByteBuffer one = ByteBuffer.allocate(1);
        try {
            if (source.read(one) == 1) {
                into.add(one.get(0));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void timersAndReadyCallbacks_areUnaffected_andInOrder() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        VirtualClock clock = VirtualClock.paused();
        LoopThread timed = start(policy().newEventLoop(LoopOptions.defaults().withClock(clock)));
        timed.run(() -> {
            for (int i = 0; i < 3; i++) {
                String name = "timer " + i;
                timed.loop().callLater(Duration.ofMillis(100 + 50L * i), () -> order.add(name));
            }
            EventLoops.setEventLoopPolicy(policy()); // on the loop's thread: takes place after this callback
            timed.loop().callSoon(() -> order.add("ready 0"));
            timed.loop().callSoon(() -> order.add("ready 1"));
        });
        exchange();
        clock.advance(Duration.ofMillis(200)).get(10, TimeUnit.SECONDS);
        assertThat(order).containsExactly("ready 0", "ready 1", "timer 0", "timer 1", "timer 2");
        assertThat(timed.loop().info().timers()).isZero();
        assertThat(timed.loop().info().exchanges()).isPositive();
    }

    @Test
    void noWakeUpIsLost() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        CompletableFuture<Boolean> calling = new CompletableFuture<>();
        CompletableFuture<Boolean> caller = inBackground(() -> {
            while (!calling.isDone()) {
                running.run(rounds::incrementAndGet); // fails if the loop still sleeps
            }
        });
        for (int i = 0; i < 50; i++) {
            int before = rounds.get();
            exchange();
            Await.until("calls continue", () -> rounds.get() > before || caller.isDone());
        }
        calling.complete(true);
        assertThat(caller.get(12, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Timeout(60)
    void aHundredExchangesUnderTraffic_loseNothing() throws Exception {
        Spawn<RecordingProtocol> unused = Spawn.recording();
        Server idle = serve(unused);
        BlockingClient quiet = connect(idle);
        Server echo = serve(EchoProtocol::new);
        EventLoopPolicy[] policies = {policy(), policy()};
        Traffic traffic = Traffic.start(addressOf(echo), 8);
        try {
            for (int i = 0; i < 100; i++) {
                traffic.awaitProgress();
                exchange(policies[i % 2]);
            }
            traffic.awaitProgress();
        } finally {
            traffic.stop();
        }
        assertThat(loop.info().exchanges()).isGreaterThanOrEqualTo(100);
        assertThat(traffic.roundTrips()).isGreaterThan(100);
        assertThat(traffic.connects()).isPositive();
        assertThat(unused.nth(0).events()).containsExactly("made");
        quiet.send("awake");
        unused.nth(0).awaitBytes(5);
    }

    @Test
    void anIdleLoop_exchangesToo() throws Exception {
        Server echo = serve(RecordingProtocol::echo);
        List<BlockingClient> clients = clients(echo, 3);
        running.stop();
        EventLoops.setEventLoopPolicy(policy());
        clients.get(0).send("sent while idle");
        start(loop);
        assertThat(clients.get(0).receiveText(15)).isEqualTo("sent while idle");
        assertAlive(clients);
        Await.until("exchanged", () -> loop.info().exchanges() == 1);
        assertThat(loop.info().connections()).isEqualTo(3);
    }

    @Test
    void aLoopThatDoesNotFollow_stays() throws Exception {
        LoopThread pinned = start(loopOn(driver()));
        Server echo = closing(done(pinned.loop().createServer(RecordingProtocol::echo, "127.0.0.1", 0)));
        List<BlockingClient> clients = clients(echo, 2);
        exchange();
        exchange();
        assertThat(pinned.loop().info().exchanges()).isZero();
        assertThat(pinned.loop().info().follows()).isFalse();
        assertAlive(clients);
    }

    @Test
    void everyFollowingLoop_exchanges() throws Exception {
        List<LoopThread> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            others.add(start(policy().newEventLoop()));
        }
        exchange();
        for (LoopThread other : others) {
            Await.until("it has exchanged", () -> other.loop().info().exchanges() == 1);
            other.turns(1);
        }
    }

    @Test
    void askedForOnTheLoopsOwnThread_itHappensAfterTheCallback() throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), 2);
        running.run(() -> {
            EventLoops.setEventLoopPolicy(policy());
            EventLoops.setEventLoopPolicy(policy());
        });
        Await.until("the loop has exchanged its driver", () -> loop.info().exchanges() > 0);
        assertAlive(clients);
    }
}
