package aio.policy.health;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyState;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChecksTest {
    private final EventLoop loop = EventLoops.newEventLoop();

    private record Expected(String policy, String driver) implements CurrentPolicyCheck.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return CurrentPolicyCheck.Config.class;
        }
    }

    private record Lag(int limit_millis) implements LoopLagCheck.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return LoopLagCheck.Config.class;
        }
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private static void assertOk(Result result) {
        assertThat(result.getStatus()).as(result.toString()).isEqualTo(Status.OK);
    }

    private static Result current(String policy, String driver) {
        return new CurrentPolicyCheck(EventLoops.policyDirectory(), new Expected(policy, driver)).execute();
    }

    @Test
    void theExpectedPolicyAndDriver_areOk() {
        assertThat(current("", "").getStatus()).isEqualTo(Status.OK);
        assertThat(current("default", "selector").getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void anotherPolicyOrDriver_isCritical_withWhatToDo() {
        assertThat(current("uring", "").getStatus()).isEqualTo(Status.CRITICAL);
        assertThat(current("uring", "").toString()).contains("the policy is 'default', expected 'uring'", "policy:why");
        assertThat(current("", "io_uring").toString()).contains("the driver is 'selector', expected 'io_uring'");
    }

    @Test
    void nothingRefused_andNothingToFollow_areOk() {
        assertOk(new RefusedPolicyCheck(EventLoops.policyDirectory()).execute());
        assertOk(new FollowingCheck(EventLoops.policyDirectory(), EventLoops.loopDirectory()).execute());
    }

    @Test
    void aLoopThatWasLate_isAWarning_untilItIsInTime() {
        LoopLagCheck check = new LoopLagCheck(EventLoops.loopDirectory(), new Lag(20));
        check.execute();
        loop.callSoon(() -> {
            long end = System.nanoTime() + Duration.ofMillis(50).toNanos();
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            loop.stop();
        });
        loop.runForever();
        assertThat(check.execute().toString()).contains("loop '" + loop.name() + "'", "expected 20 ms",
                "take too long");
        while (check.execute().getStatus() != Status.OK) { // a block is over when it was looked at again
            Thread.onSpinWait();
        }
    }

    @Test
    void aLoopThatIsHeldUp_isCritical_withTheCulprit() throws InterruptedException {
        LoopLagCheck check = new LoopLagCheck(EventLoops.loopDirectory(), new Lag(100));
        CountDownLatch leave = new CountDownLatch(1);
        CountDownLatch runs = new CountDownLatch(1);
        loop.callSoon(runs::countDown);
        Thread runner = new Thread(loop::runForever);
        runner.start();
        runs.await(); // else what a first run needs may count as the block
        loop.callSoonThreadsafe(new Blocker(leave));
        loop.callSoonThreadsafe(loop::stop);
        try {
            Result result = check.execute();
            while (result.getStatus() != Status.CRITICAL) {
                Thread.onSpinWait();
                result = check.execute();
            }
            assertThat(result.toString()).contains("is held up for", "expected at most 100 ms",
                    Blocker.class.getName());
        } finally {
            leave.countDown();
            runner.join();
        }
    }

    @Test
    void noLoop_isNoWarning() {
        LoopDirectory none = fake(LoopDirectory.class, Map.of("statistics", List.of(), "blocks", List.of()));
        assertOk(new LoopLagCheck(none, new Lag(100)).execute());
    }

    @Test
    void aRefusedPolicy_isAWarning_withTheReason() {
        PolicyInfo refused = fake(PolicyInfo.class, Map.of("name", "broken", "state", PolicyState.REFUSED,
                "why", List.of("its driver does not open")));
        Result result = new RefusedPolicyCheck(policies(refused, List.of())).execute();
        assertThat(result.getStatus()).isEqualTo(Status.WARN);
        assertThat(result.toString()).contains(
                "policy 'broken' is refused, expected none that is: its driver does not open");
    }

    @Test
    void aPolicyThatIsHeldDown_isAWarning_butOneThatWaitsForItsOperatorIsNot() {
        PolicyInfo flappy = fake(PolicyInfo.class, Map.of("name", "flappy", "state", PolicyState.HELD_DOWN,
                "why", List.of("it has left 3 times")));
        Result result = new RefusedPolicyCheck(policies(flappy, List.of())).execute();
        assertThat(result.getStatus()).isEqualTo(Status.WARN);
        assertThat(result.toString()).contains(
                "policy 'flappy' is held down, expected none that is: it has left 3 times");
        PolicyInfo waiting = fake(PolicyInfo.class, Map.of("name", "new", "state", PolicyState.UNCONFIRMED));
        assertOk(new RefusedPolicyCheck(policies(waiting, List.of())).execute());
    }

    @Test
    void loopsThatHaveNotFollowed_areAWarning_byTheLatestChange() {
        PolicyInfo current = fake(PolicyInfo.class, Map.of("name", "uring", "driver", Optional.of("io_uring")));
        PolicyChange first = fake(PolicyChange.class, Map.of("toFollow", 3, "summary", "first"));
        PolicyChange last = fake(PolicyChange.class, Map.of("toFollow", 1, "summary", "last"));
        LoopInfo late = fake(LoopInfo.class,
                Map.of("name", "late", "follows", true, "driver", Optional.of("selector")));
        LoopInfo parked = fake(LoopInfo.class, Map.of("name", "p", "follows", true, "driver", Optional.empty()));
        LoopInfo held = fake(LoopInfo.class, Map.of("name", "h", "follows", false, "driver", Optional.of("selector")));
        LoopDirectory loops = fake(LoopDirectory.class, Map.of("loops", List.of(late, parked, held)));

        String result = new FollowingCheck(policies(current, List.of(first, last)), loops).execute().toString();
        assertThat(result).contains("WARN 1 loops have not followed the last change, expected none: last;",
                "WARN loop 'late' is on 'selector', expected 'io_uring'",
                "WARN loop 'p' is on 'parked', expected 'io_uring'").doesNotContain("loop 'h'", "first");
    }

    private static PolicyDirectory policies(PolicyInfo only, List<PolicyChange> history) {
        return fake(PolicyDirectory.class,
                Map.of("current", Optional.of(only), "policies", List.of(only), "history", history));
    }

    /** Returns what the map has for a method's name. */
    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private record Blocker(CountDownLatch leave) implements Runnable {
        @Override
        public void run() {
            try {
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
