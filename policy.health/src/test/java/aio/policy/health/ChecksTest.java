package aio.policy.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.BundleId;
import aio.loop.EventLoop;
import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.loop.LoopStatistics;
import aio.policy.Canary;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyScope;
import aio.policy.PolicyState;
import aio.policy.PolicyTrial;
import aio.policy.TrialState;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 600_001})
    void aLimitOfTheLagThatIsNone_isRefused(int millis) {
        assertThatThrownBy(() -> new LoopLagCheck(EventLoops.loopDirectory(), new Lag(millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the lag of loops is not checked: limit.millis is " + millis + ", expected a number from 1"
                        + " to 600000; change it in the configuration aio.policy.health.lag");
    }

    private static PolicyInfo policy(String name, String driver, PolicyScope... scopes) {
        return fake(PolicyInfo.class,
                Map.of("name", name, "driver", Optional.of(driver), "scopes", List.of(scopes)));
    }

    /** A managed loop, which has been exchanged. */
    private static LoopInfo loop(String name, String driver, Map<String, Object> other) {
        Map<String, Object> answers = new HashMap<>(Map.of("name", name, "follows", true, "managed", true,
                "bundle", Optional.empty(), "exchanges", 1L,
                "driver", Optional.of(driver).filter(any -> !any.isEmpty())));
        answers.putAll(other);
        return fake(LoopInfo.class, answers);
    }

    private static PolicyChange change(int toFollow, String summary) {
        return fake(PolicyChange.class, Map.of("toFollow", toFollow, "summary", summary, "scope", PolicyScope.process(),
                "when", Instant.now().minusSeconds(60)));
    }

    private static Result following(PolicyDirectory policies, LoopInfo... loops) {
        List<LoopStatistics> ages = Stream.of("new", "old").map(name -> fake(LoopStatistics.class,
                Map.of("loop", name, "age", Duration.ofSeconds(name.equals("new") ? 30 : 90)))).toList();
        return new FollowingCheck(policies,
                fake(LoopDirectory.class, Map.of("loops", List.of(loops), "statistics", ages))).execute();
    }

    @Test
    void loopsThatHaveNotFollowed_areAWarning_byTheLatestChange() {
        String result = following(
                policies(policy("uring", "io_uring"), List.of(change(3, "first"), change(1, "last"))),
                loop("late", "selector", Map.of()), loop("p", "", Map.of()),
                loop("h", "selector", Map.of("follows", false))).toString();
        assertThat(result).contains("WARN 1 loops have not followed the last change, expected none: last;",
                "WARN loop 'late' is on 'selector', expected 'io_uring', the driver of policy 'uring'",
                "WARN loop 'p' is on 'parked', expected 'io_uring'").doesNotContain("loop 'h'", "first");
    }

    @Test
    void whatIsPinnedForALoopOrItsBundle_isExpectedOfIt() {
        PolicyDirectory policies = fake(PolicyDirectory.class, Map.of(
                "current", Optional.of(policy("uring", "io_uring")), "history", List.of(), "trial", Optional.empty(),
                "policies", List.of(policy("uring", "io_uring"),
                        policy("proactor", "proactor", PolicyScope.bundle(7)),
                        policy("default", "selector", PolicyScope.loop("edge")))));
        Map<String, Object> ofBundle = Map.of("bundle", Optional.of(new BundleId("some", 7)));
        assertOk(following(policies, loop("edge", "selector", ofBundle), loop("x", "proactor", ofBundle),
                loop("y", "io_uring", Map.of())));
        assertThat(following(policies, loop("edge", "proactor", ofBundle), loop("x", "io_uring", ofBundle),
                loop("y", "selector", Map.of())).toString()).contains(
                "WARN loop 'edge' is on 'proactor', expected 'selector', the driver of policy 'default'",
                "WARN loop 'x' is on 'io_uring', expected 'proactor', the driver of policy 'proactor'",
                "WARN loop 'y' is on 'selector', expected 'io_uring', the driver of policy 'uring'");
    }

    @ParameterizedTest
    @CsvSource({"loop:edge, WATCHED, false", "50%, STAYING, false", "loop:other, WATCHED, true",
        "loop:edge, PASSED, true", "50%, ENDED, true"})
    void aLoopThatTriesAPolicy_isOk_untilTheTrialIsOver(String canary, TrialState state, boolean warns) {
        PolicyTrial trial = fake(PolicyTrial.class, Map.of("policy", "default", "state", state,
                "canary", Optional.of(Canary.of(canary))));
        PolicyDirectory policies = fake(PolicyDirectory.class, Map.of(
                "current", Optional.of(policy("uring", "io_uring")), "history", List.of(), "trial", Optional.of(trial),
                "policies", List.of(policy("uring", "io_uring"), policy("default", "selector"))));
        assertThat(following(policies, loop("edge", "selector", Map.of())).getStatus())
                .isEqualTo(warns ? Status.WARN : Status.OK);
    }

    @Test
    void aLoopThatCodeHasMadeOnAnotherDriver_isOk_untilItHasToFollowAChange() {
        PolicyDirectory policies = policies(policy("uring", "io_uring"), List.of(change(0, "last")));
        Map<String, Object> made = Map.of("managed", false, "exchanges", 0L);
        assertOk(following(policies, loop("new", "selector", made)));
        assertThat(following(policies, loop("old", "selector", made)).toString()).contains("WARN loop 'old'");
        assertThat(following(policies, loop("new", "", made)).toString()).contains("WARN loop 'new' is on 'parked'");
        assertThat(following(policies, loop("new", "selector", Map.of("exchanges", 0L))).toString())
                .contains("WARN loop 'new'");
    }

    private static PolicyDirectory policies(PolicyInfo only, List<PolicyChange> history) {
        return fake(PolicyDirectory.class,
                Map.of("current", Optional.of(only), "policies", List.of(only), "history", history, "trial",
                        Optional.empty()));
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
