package aio.proof.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.policy.EventLoopPolicy;
import aio.testkit.VirtualClock;
import aio.testkit.junit.LoopTest;
import aio.testkit.junit.Paused;
import aio.testkit.junit.TestOnAllPolicies;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What a test is given. */
@Timeout(30)
class GoodTest {
    private EventLoop early;

    /** Takes the loop that the test takes. */
    @BeforeEach
    void begin(EventLoop loop) {
        early = loop;
    }

    @AfterEach
    void end(EventLoop loop) {
        assertThat(loop).isSameAs(early);
    }

    @LoopTest
    void loopAndPolicy_areGiven(EventLoop loop, EventLoopPolicy policy) {
        assertThat(policy).isSameAs(EventLoops.getEventLoopPolicy());
        assertThat(loop).isSameAs(early);
        assertThat(loop.getDebug()).isTrue();
        Integer seven = loop.runUntilComplete(() -> loop.sleep(Duration.ofMillis(1)).thenApply(none -> 7));
        assertThat(seven).isEqualTo(7);
    }

    @LoopTest
    void sixHours_passAtOnce(EventLoop loop, VirtualClock clock) {
        long start = System.nanoTime();
        loop.runUntilComplete(loop.sleep(Duration.ofHours(6)));
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(6));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @LoopTest
    void aPausedClock_standsStill(@Paused VirtualClock clock, EventLoop loop) {
        LoopFuture<Void> sleep = loop.sleep(Duration.ofMillis(1));
        loop.callSoon(loop::stop);
        loop.runForever();
        assertThat(sleep.isDone()).isFalse();
        CompletableFuture<Void> passed = clock.advance(Duration.ofMillis(1));
        loop.runUntilComplete(passed);
        assertThat(sleep.isDone()).isTrue();
    }

    @TestOnAllPolicies
    void runsOnEach(EventLoop loop, EventLoopPolicy policy, VirtualClock clock) {
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policy);
        assertThat(loop.info().driver()).contains(policy.driver().orElseThrow().name());
        loop.runUntilComplete(loop.sleep(Duration.ofHours(1)));
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(1));
    }
}
