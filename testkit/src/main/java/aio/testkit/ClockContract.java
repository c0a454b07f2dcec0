package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.ConnectionOptions;
import aio.loop.EventLoop;
import aio.loop.LoopClock;
import aio.loop.LoopFuture;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.loop.TlsOptions;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** The time of a loop is that of its clock; what the clock does wrong is the clock's fault. */
@Asyncio("eventloop#loop.time")
public abstract class ClockContract extends LoopContract {
    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final Duration REAL_LIMIT = Duration.ofSeconds(10); // slow machines too; it takes milliseconds

    private EventLoop loopBy(LoopClock clock) {
        return closing(newPolicy().newEventLoop(LoopOptions.defaults().withClock(clock)));
    }

    // ---- a clock that jumps

    @Test
    void sixHoursOfTimers_passInMilliseconds_eachAtItsTime() {
        VirtualClock clock = VirtualClock.jumping();
        EventLoop virtual = loopBy(clock);
        List<Long> seen = new ArrayList<>();
        long started = System.nanoTime();
        tick(virtual, seen);
        virtual.runForever();
        assertThat(System.nanoTime() - started).isLessThan(REAL_LIMIT.toNanos());
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, SIX_HOURS.toSeconds()).boxed().toList());
        assertThat(clock.elapsed()).isEqualTo(SIX_HOURS);
        assertThat(virtual.statistics().timerDelay().longest()).isZero();
    }

    private static void tick(EventLoop virtual, List<Long> seen) {
        virtual.callLater(Duration.ofSeconds(1), () -> {
            seen.add(virtual.time().toSeconds());
            if (virtual.time().compareTo(SIX_HOURS) >= 0) {
                virtual.stop();
            } else {
                tick(virtual, seen);
            }
        });
    }

    @Test
    void aSeed_replaysExactly() {
        assertThat(story(7)).isEqualTo(story(7)).hasSizeGreaterThan(500).isNotEqualTo(story(8));
    }

    /** Timers that set timers, callbacks between them, and the time at each. */
    private List<String> story(long seed) {
        EventLoop virtual = loopBy(VirtualClock.jumping());
        Random random = new Random(seed);
        List<String> story = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            hop(virtual, random, story, i + ":", 20);
        }
        virtual.callLater(Duration.ofDays(1), virtual::stop);
        virtual.runForever();
        return story;
    }

    private static void hop(EventLoop virtual, Random random, List<String> story, String who, int left) {
        virtual.callLater(Duration.ofMillis(random.nextInt(100_000)), () -> {
            story.add(who + virtual.time());
            virtual.callSoon(() -> story.add(who + "soon " + virtual.time()));
            if (left > 0) {
                hop(virtual, random, story, who, left - 1);
            }
        });
    }

    @Test
    @Asyncio("task#sleep")
    void sleepsAndScheduledTasks_goByTheClock() throws Exception {
        EventLoop virtual = loopBy(VirtualClock.jumping());
        List<Duration> beats = new ArrayList<>();
        ScheduledFuture<?> beat = virtual.asScheduledExecutor()
                .scheduleAtFixedRate(() -> beats.add(virtual.time()), 1, 1, TimeUnit.HOURS);
        virtual.runUntilComplete(virtual.sleep(Duration.ofMinutes(150)));
        assertThat(beats).containsExactly(Duration.ofHours(1), Duration.ofHours(2));
        assertThat(virtual.time()).isEqualTo(Duration.ofMinutes(150));
        assertThat(beat.getDelay(TimeUnit.MINUTES)).isEqualTo(30);
        beat.cancel(false);
    }

    @Test
    void realSockets_areServedMeanwhile_andNoTimeoutComesTooEarly() {
        VirtualClock clock = VirtualClock.jumping().withPatience(Duration.ofMillis(200));
        EventLoop virtual = loopBy(clock);
        List<String> answers = new ArrayList<>();
        LoopFuture<Server> server = virtual.createServer(
                () -> StreamProtocol.of((transport, data) -> transport.write(data)), "127.0.0.1", 0);
        virtual.runUntilComplete(server);
        CompletableFuture<StreamTransport> client = new CompletableFuture<>();
        virtual.runUntilComplete(virtual.createConnection(() -> new StreamProtocol() {
            @Override
            public void connectionMade(StreamTransport transport) {
                client.complete(transport);
                ask(virtual, transport);
            }

            @Override
            public void dataReceived(ByteBuffer data) {
                answers.add(StandardCharsets.US_ASCII.decode(data) + " at " + virtual.time().toHours());
                if (virtual.time().compareTo(SIX_HOURS) >= 0) {
                    virtual.stop();
                } else {
                    virtual.callLater(Duration.ofHours(1), () -> ask(virtual, client.join()));
                }
            }
        }, "127.0.0.1", server.join().port()));
        long started = System.nanoTime();
        virtual.runForever();
        assertThat(answers).containsExactly(
                "0 at 0", "1 at 1", "2 at 2", "3 at 3", "4 at 4", "5 at 5", "6 at 6");
        assertThat(System.nanoTime() - started).isLessThan(REAL_LIMIT.toNanos());
        client.join().abort();
        server.join().close();
        runTurns(virtual, 2);
    }

    /** A reply may take a minute at most: no time passes while it is on its way. */
    private static void ask(EventLoop virtual, StreamTransport transport) {
        transport.write(StandardCharsets.US_ASCII.encode(String.valueOf(virtual.time().toHours())));
        Duration asked = virtual.time();
        virtual.callLater(Duration.ofMinutes(1), () -> assertThat(asked).isLessThan(virtual.time()));
    }

    @Test
    @Asyncio("eventloop#loop.create_connection")
    void theTimeoutOfAHandshake_goesByTheClock() throws Exception {
        VirtualClock clock = VirtualClock.jumping().withPatience(Duration.ofMillis(50));
        EventLoop virtual = loopBy(clock);
        LoopFuture<Server> silent = virtual.createServer(() -> new StreamProtocol() {}, "127.0.0.1", 0);
        virtual.runUntilComplete(silent);
        TlsOptions tls = TlsOptions.client(SSLContext.getDefault()).withSslHandshakeTimeout(Duration.ofMinutes(5));
        assertThatThrownBy(() -> virtual.runUntilComplete(virtual.createConnection(() -> new StreamProtocol() {},
                ConnectionOptions.to("127.0.0.1", silent.join().port()).withTls(tls))))
                .hasMessageContaining("300");
        assertThat(clock.elapsed()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
        silent.join().close();
        runTurns(virtual, 3);
    }

    // ---- a clock that stands still

    @Test
    void aClockThatStands_letsNoTimerRun_untilItIsAdvanced() throws Exception {
        VirtualClock clock = VirtualClock.paused();
        EventLoop virtual = loopBy(clock);
        List<Duration> seen = new ArrayList<>();
        try (Background run = inBackground(virtual)) {
            virtual.callSoonThreadsafe(() -> {
                for (int minutes = 30; minutes > 0; minutes -= 10) {
                    virtual.callLater(Duration.ofMinutes(minutes), () -> seen.add(virtual.time()));
                }
            });
            assertThat(virtual.callAndWait(virtual::time)).isEqualTo(Duration.ZERO);
            clock.advance(Duration.ofMinutes(9)).get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(virtual.callAndWait(() -> List.copyOf(seen))).isEmpty();
            clock.advance(Duration.ofMinutes(15)).get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(virtual.callAndWait(() -> List.copyOf(seen)))
                    .containsExactly(Duration.ofMinutes(10), Duration.ofMinutes(20));
            assertThat(virtual.time()).isEqualTo(clock.elapsed()).isEqualTo(Duration.ofMinutes(24));
        }
    }

    @Test
    void aClockOfTwoLoops_isRefusedByTheSecond() {
        VirtualClock clock = VirtualClock.jumping();
        EventLoop first = loopBy(clock);
        first.runUntilComplete(first.sleep(Duration.ofHours(1)));
        EventLoop second = loopBy(clock);
        try (LogCapture log = LogCapture.start()) {
            second.runUntilComplete(second.sleep(Duration.ofMillis(1)));
            assertThat(log.warnings()).anyMatch(text -> text.contains("is for one loop"));
        }
    }

    // ---- a clock that chooses

    /** Stands still, but for the test, and returns the last of what is due. */
    private static class LastFirst implements LoopClock {
        final AtomicLong now = new AtomicLong();
        final List<Integer> counts = new ArrayList<>();

        @Override
        public long nanoTime() {
            return now.get();
        }

        @Override
        public int next(int count) {
            counts.add(count);
            return count - 1;
        }
    }

    @Test
    @Asyncio("eventloop#loop.call_at")
    void timersOfOneDeadline_runAsTheClockChooses_andNothingElseDoes() {
        LastFirst clock = new LastFirst();
        EventLoop made = loopBy(clock);
        List<String> order = new ArrayList<>();
        for (String name : List.of("a1", "a2", "a3")) {
            made.callAt(Duration.ofSeconds(1), () -> order.add(name));
        }
        for (String name : List.of("b1", "b2")) {
            made.callAt(Duration.ofSeconds(2), () -> order.add(name));
        }
        made.callAt(Duration.ofSeconds(3), () -> order.add("c"));
        made.callAt(Duration.ofSeconds(1), () -> order.add("never")).cancel();
        clock.now.set(5_000_000_000L);
        made.callSoon(() -> order.add("soon 1"));
        made.callSoon(() -> order.add("soon 2"));
        runBriefly(made);
        assertThat(order).containsExactly("soon 1", "soon 2", "a3", "a2", "a1", "b2", "b1", "c");
        assertThat(clock.counts).containsExactly(3, 2, 2);
    }

    @Test
    @Asyncio("eventloop#loop.call_at")
    void aClockThatChoosesWhatIsNotThere_hasFailed_andNoTimerIsLost() {
        LastFirst clock = new LastFirst() {
            @Override
            public int next(int count) {
                return count;
            }
        };
        EventLoop made = loopBy(clock);
        List<String> order = new ArrayList<>();
        for (String name : List.of("1", "2", "3")) {
            made.callAt(Duration.ofSeconds(1), () -> order.add(name));
        }
        clock.now.set(5_000_000_000L);
        try (LogCapture log = LogCapture.start()) {
            runBriefly(made);
            assertThat(log.warnings()).hasSize(1).first().asString()
                    .contains("the clock of loop \"" + made.name() + "\"", "out of bounds");
        }
        assertThat(order).containsExactly("1", "2", "3");
    }

    // ---- clocks that fail

    @Test
    void aClockThatThrows_isGivenUpOnce_andTheLoopContinuesByTheSystems() {
        for (int failing = 0; failing < 3; failing++) {
            Failing clock = new Failing(failing);
            EventLoop made = loopBy(clock);
            made.runUntilComplete(made.sleep(Duration.ofMillis(5)));
            Duration before = made.time();
            try (LogCapture log = LogCapture.start()) {
                clock.fails = true;
                made.runUntilComplete(made.sleep(Duration.ofMillis(20)));
                made.runUntilComplete(made.sleep(Duration.ofMillis(1)));
                assertThat(log.warnings()).as("told once").hasSize(1).first().asString()
                        .contains("the clock of loop \"" + made.name() + "\"", "planted failure");
            }
            assertThat(made.time()).isBetween(before.plusMillis(20), before.plus(DEADLINE));
        }
    }

    /** Follows the system's clock, and fails in one of its methods when the test wants it. */
    private static final class Failing implements LoopClock {
        private final int failing;
        volatile boolean fails;

        Failing(int failing) {
            this.failing = failing;
        }

        private void check(int method) {
            if (fails && failing == method) {
                throw new AssertionError("planted failure");
            }
        }

        @Override
        public long nanoTime() {
            check(0);
            return System.nanoTime();
        }

        @Override
        public long nanosToWait(long nanosToTimer) {
            check(1);
            return nanosToTimer / 2; // so that a wait is in vain
        }

        @Override
        public void waitedInVain(long nanosToTimer) {
            check(2);
        }
    }

    @Test
    void aClockThatGoesBackwards_standsStill_andTimersKeepTheirOrder() {
        AtomicLong told = new AtomicLong(5_000_000_000L);
        EventLoop made = loopBy(told::get);
        assertThat(made.time()).isZero();
        told.addAndGet(3_000_000_000L);
        assertThat(made.time()).hasSeconds(3);
        List<String> order = new ArrayList<>();
        made.callLater(Duration.ofSeconds(1), () -> order.add("second"));
        told.set(Long.MIN_VALUE / 4);
        assertThat(made.time()).hasSeconds(3);
        made.callAt(Duration.ofSeconds(3), () -> order.add("first"));
        runBriefly(made);
        assertThat(order).containsExactly("first");
        told.set(5_000_000_000L + 4_000_000_000L);
        runBriefly(made);
        assertThat(order).containsExactly("first", "second");
        assertThat(made.time()).hasSeconds(4);
    }

    @Test
    void aClockThatIsFarAhead_neverOverflows() {
        AtomicLong told = new AtomicLong();
        EventLoop made = loopBy(told::get);
        told.set(Long.MAX_VALUE);
        made.callLater(Duration.ofDays(40_000), () -> assertThat(false).as("much too early").isTrue());
        runBriefly(made);
        assertThat(made.info().timers()).isEqualTo(1);
    }

    @Test
    @Asyncio("eventloop#loop.slow_callback_duration")
    void aSlowCallback_isSlowByTheClock() {
        AtomicLong told = new AtomicLong();
        EventLoop made = loopBy(told::get);
        made.setDebug(true);
        try (LogCapture log = LogCapture.start()) {
            made.callSoon(() -> told.addAndGet(2_500_000_000L));
            runBriefly(made);
            assertThat(log.warnings()).anyMatch(text -> text.contains("took 2.500 seconds"));
        }
    }

    @Test
    void noClock_isNoOption() {
        assertThatThrownBy(() -> LoopOptions.defaults().withClock(null)).isInstanceOf(NullPointerException.class);
        LoopClock clock = () -> 0;
        assertThat(LoopOptions.defaults().clock()).isNull();
        assertThat(LoopOptions.defaults().withClock(clock).withName("named").withFollowing(false).clock())
                .isSameAs(clock);
    }
}
