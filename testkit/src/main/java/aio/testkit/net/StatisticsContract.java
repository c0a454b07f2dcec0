package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.Distribution;
import aio.loop.LoopStatistics;
import aio.loop.Server;
import aio.testkit.Await;
import aio.testkit.FreePort;
import aio.testkit.NotInAsyncio;
import aio.transport.StreamTransport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a loop counts and times is what it did. asyncio has nothing like it. */
@NotInAsyncio("a loop counts nothing")
public abstract class StatisticsContract extends ExchangingContract {
    private static final int MANY = 200_000;
    private static final Duration BLOCK = Duration.ofMillis(60);

    /** For subclasses. */
    protected StatisticsContract() {}

    private LoopStatistics now() {
        return loop.statistics();
    }

    /** Keeps the loop's thread from its work. */
    private static void block() {
        long end = System.nanoTime() + BLOCK.toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void callbacksAndTurns_areCounted() {
        running.turns(1);
        LoopStatistics before = now();
        for (int i = 0; i < 100; i++) {
            running.call(() -> null);
        }
        running.turns(1);
        LoopStatistics between = now().since(before);
        assertThat(between.callbacks()).isBetween(100L, 110L);
        assertThat(between.timers()).isZero();
        assertThat(between.turns()).isPositive();
        assertThat(between.age()).isPositive();
    }

    @Test
    void aBlockedLoop_isSeenInItsDelayAndInItsLoad() {
        LoopStatistics before = now();
        running.run(StatisticsContract::block);
        running.turns(1);
        LoopStatistics between = now().since(before);
        assertThat(between.delay().longest()).isGreaterThanOrEqualTo(BLOCK);
        assertThat(between.delay().percentile(100)).isGreaterThanOrEqualTo(BLOCK);
        assertThat(between.delay().countAtMost(BLOCK.minusMillis(1))).isLessThan(between.delay().count());
        assertThat(between.busy()).isGreaterThanOrEqualTo(BLOCK);
        assertThat(between.utilization()).isBetween(0.0, 1.0).isPositive();
    }

    @Test
    void aLoopWithNothingToDo_waits() {
        running.turns(1);
        LoopStatistics before = now();
        running.linger(BLOCK);
        running.turns(1);
        LoopStatistics between = now().since(before);
        assertThat(between.waiting()).isPositive();
        assertThat(between.waiting().plus(between.busy())).isGreaterThan(BLOCK.dividedBy(2));
        assertThat(between.timers()).isEqualTo(1);
        assertThat(between.timerDelay().count()).isEqualTo(1);
    }

    @Test
    void aTimerThatIsHeldUp_isLate() {
        LoopStatistics before = now();
        CountDownLatch ran = new CountDownLatch(1);
        running.run(() -> {
            loop.callLater(Duration.ofMillis(1), ran::countDown);
            block();
        });
        Await.until("the timer has run", () -> ran.await(0, TimeUnit.MILLISECONDS));
        running.turns(1);
        Distribution late = now().since(before).timerDelay();
        assertThat(late.count()).isEqualTo(1);
        assertThat(late.longest()).isGreaterThanOrEqualTo(BLOCK.minusMillis(2));
    }

    @Test
    void connectionsAndTheirBytes_areCounted() throws Exception {
        LoopStatistics before = now();
        Server echo = serve(EchoProtocol::new);
        try (BlockingClient client = connect(echo)) {
            client.send("x".repeat(1000));
            client.receiveText(1000);
        }
        Await.until("the connection has ended", () -> now().since(before).ended() == 1);
        LoopStatistics between = now().since(before);
        assertThat(between.accepted()).isEqualTo(1);
        assertThat(between.bytesReceived()).isEqualTo(1000);
        assertThat(between.bytesSent()).isEqualTo(1000);
        assertThat(between.lost()).isZero();
        assertThat(between.connected()).isZero();
    }

    @Test
    void connectsThatFail_areToldFromThoseThatSucceed() throws Exception {
        LoopStatistics before = now();
        Server echo = serve(EchoProtocol::new);
        InetSocketAddress address = addressOf(echo);
        StreamTransport made = loop.createConnection(RecordingProtocol::new, "127.0.0.1", address.getPort())
                .get(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS).transport();
        awaitDone(loop.createConnection(RecordingProtocol::new, "127.0.0.1", FreePort.find()));
        running.turns(2);
        LoopStatistics between = now().since(before);
        assertThat(between.connected()).isEqualTo(1);
        assertThat(between.connectsFailed()).isEqualTo(1);
        running.run(made::abort);
    }

    @Test
    void aResetConnection_isLost() throws Exception {
        LoopStatistics before = now();
        Pair pair = pair();
        RecordingProtocol protocol = attach(pair.ours(), new RecordingProtocol());
        pair.client().reset();
        protocol.awaitLost();
        assertThat(now().since(before).lost()).isEqualTo(1);
        assertThat(now().since(before).ended()).isZero();
    }

    @Test
    void whatWaitsToBeSent_isCountedUntilItIsGone() throws Exception {
        Spawn<RecordingProtocol> protocols = new Spawn<>(RecordingProtocol::new);
        BytePattern pattern = new BytePattern(5);
        BlockingClient client = slowReader(protocols, pattern, 20 * MANY);
        assertThat(now().bytesQueued()).isPositive();
        pattern.check(0, client.receive(10 * MANY), 10 * MANY);
        running.run(() -> protocols.nth(0).transport().abort());
        protocols.nth(0).awaitLost();
        assertThat(now().bytesQueued()).isZero();
    }

    @Test
    void anExchange_isCountedWithItsPause() {
        LoopStatistics before = now();
        exchange();
        running.turns(1);
        Distribution pauses = now().since(before).pauses();
        assertThat(pauses.count()).isEqualTo(1);
        assertThat(pauses.longest()).isPositive();
    }

    @Test
    void impossiblePercentile_isRefused_andNothingCountsSinceItself() {
        LoopStatistics mine = now();
        assertThatThrownBy(() -> mine.delay().percentile(101)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 100");
        assertThat(mine.since(mine).callbacks()).isZero();
        assertThat(mine.delay().since(mine.delay()).count()).isZero();
    }
}
