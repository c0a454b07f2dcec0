package aio.policy.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.loop.Loops;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.core.registry.Candidate;
import aio.core.registry.Description;
import aio.core.registry.Followers;
import aio.core.registry.Owner;
import aio.core.registry.Owners;
import aio.core.registry.PolicyProvider;
import aio.core.registry.Registry;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.policy.Canary;
import aio.policy.ChangeReason;
import aio.policy.EventLoopPolicy;
import aio.policy.PinOptions;
import aio.policy.PlannedStep;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyPlan;
import aio.policy.PolicyTrial;
import aio.policy.TrialState;
import aio.spi.IoDriverFactory;
import aio.testkit.net.EchoProtocol;
import aio.testkit.net.LoopThread;
import aio.testkit.net.Traffic;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bad engines are rolled out under load, and rolled back by themselves; no connection is lost. */
@Timeout(120)
class TrialTest {
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final int LOOPS = 4;

    private final ProcessLauncher launcher = new ProcessLauncher(new SharedReaper());
    private final Loops loops = new Loops(type -> Optional.empty(), launcher);
    private final Registry registry = new Registry(Followers.of(loops), Owners.NONE, List::of);
    private final PolicyAdmin admin = registry.admin();
    private final PolicyDirectory directory = registry.directory();
    private final IoDriverFactory good = BadEngine.GOOD.engine().factory();
    private final List<LoopThread> running = new ArrayList<>();
    private final List<Traffic> traffic = new ArrayList<>();
    private final BadEngine.Engine blocking = BadEngine.BLOCKS.engine();
    private long services;

    private record Policy(IoDriverFactory factory) implements EventLoopPolicy {
        @Override
        public EventLoop getEventLoop() {
            throw new IllegalStateException("not asked");
        }

        @Override
        public void setEventLoop(@Nullable EventLoop loop) {}

        @Override
        public EventLoop newEventLoop() {
            throw new IllegalStateException("not asked");
        }

        @Override
        public Optional<IoDriverFactory> driver() {
            return Optional.of(factory);
        }
    }

    private Candidate register(String name, int ranking, IoDriverFactory driver) {
        EventLoopPolicy policy = new Policy(driver);
        Candidate candidate = Candidate.ofService(++services, Owner.NONE, Description.of(name, ranking),
                new PolicyProvider() {
                    @Override
                    public EventLoopPolicy get() {
                        return policy;
                    }

                    @Override
                    public void release(EventLoopPolicy given) {}
                });
        registry.arrived(candidate);
        return candidate;
    }

    @BeforeEach
    void start() {
        loops.tellFailures(registry::driverGivenUp, registry::loopParked);
        loops.prepareBy(registry::prepare);
        register("good", 100, good);
        for (int i = 0; i < LOOPS; i++) {
            EventLoop loop = loops.newLoop(good, LoopOptions.defaults().withName("loop-" + i));
            LoopThread thread = LoopThread.start(loop);
            running.add(thread);
            Server server = thread.call(() -> loop.createServer(
                    EchoProtocol::new, ServerOptions.at("127.0.0.1", 0).withBacklog(256))).join();
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
            traffic.add(Traffic.start(address, 2, Duration.ofMillis(1)));
        }
    }

    @AfterEach
    void stop() throws Exception {
        blocking.letGo();
        for (Traffic each : traffic) {
            each.stop(); // every byte came back, on every connection
        }
        registry.close();
        running.forEach(LoopThread::close);
        launcher.close();
    }

    private PolicyTrial awaitEnd() {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!directory.trial().orElseThrow().state().isOver()) {
            assertThat(System.nanoTime() - end).as("waited in vain: " + directory.trial()).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
        return directory.trial().orElseThrow();
    }

    /** The history has the last change once the loops have followed. */
    private PolicyChange awaitChange(ChangeReason... reasons) {
        Set<ChangeReason> any = Set.of(reasons);
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (directory.history().stream().noneMatch(change -> any.contains(change.reason()))) {
            assertThat(System.nanoTime() - end).as("no change: " + any).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
        return directory.history().stream().filter(change -> any.contains(change.reason())).findFirst().orElseThrow();
    }

    private String drivers() {
        return loops.loops().stream().map(info -> info.driver().orElse("none")).collect(Collectors.joining(" "));
    }

    private void awaitDrivers(String expected) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!drivers().equals(expected)) {
            assertThat(System.nanoTime() - end).as("drivers are " + drivers()).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private long lost() {
        return loops.statistics().stream().mapToLong(each -> each.lost()).sum();
    }

    @ParameterizedTest
    @EnumSource(names = {"DELAYS_DISPATCH", "DELAYS_POLL", "FAILS_ACCEPTS", "FAILS_POLLS", "LEAKS"})
    void aBadEngine_isRolledBackWithinTheWindow_andNoConnectionIsLost(BadEngine kind) {
        register("bad", 50, kind.engine().factory());
        traffic.forEach(Traffic::awaitProgress);
        long begin = System.nanoTime();
        admin.pin("bad", PinOptions.defaults().withCanary(Canary.share(50)).withWatch(WINDOW)
                .withMaxLag(Duration.ofMillis(30)));
        PolicyTrial over = awaitEnd();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(over.state()).as(over.text()).isEqualTo(TrialState.ROLLED_BACK);
        assertThat(took).as("within the window").isLessThan(WINDOW);
        awaitDrivers("GOOD GOOD GOOD GOOD");
        traffic.forEach(Traffic::awaitProgress);
        PolicyChange rolledBack = kind == BadEngine.FAILS_POLLS // on two loops: the registry refuses it, or the guard
                ? awaitChange(ChangeReason.DRIVER_FAILED, ChangeReason.ROLLED_BACK)
                : awaitChange(ChangeReason.ROLLED_BACK);
        assertThat(rolledBack.cause()).isEqualTo(rolledBack.reason() == ChangeReason.DRIVER_FAILED
                ? "policy 'bad' is refused"
                : "rolled back: " + over.text());
        assertThat(over.text()).contains("expected");
        assertThat(rolledBack.lost()).isZero();
        assertThat(lost()).as("connections lost").isZero();
        assertThat(directory.pinned()).isEmpty();
        System.getLogger("aio.test").log(System.Logger.Level.INFO,
                "figure: " + kind + " is rolled back after " + took.toMillis() + " ms: " + over.text());
    }

    @Test
    void anEngineThatBlocks_isSeenWhileItDoes() {
        register("bad", 50, blocking.factory());
        admin.pin("bad", PinOptions.defaults().withCanary(Canary.loop("loop-2")).withWatch(WINDOW));
        PolicyTrial over = awaitEnd();
        assertThat(over.state()).isEqualTo(TrialState.ROLLED_BACK);
        assertThat(over.text()).startsWith("loop 'loop-2' is held up for ");
        blocking.letGo();
        awaitDrivers("GOOD GOOD GOOD GOOD");
        assertThat(lost()).isZero();
    }

    @Test
    void aGoodEngine_passes_andTheRestFollows() {
        register("other", 50, BadEngine.GOOD.engine().factory());
        PolicyAdmin anna = admin.by("anna");
        anna.pin("other", PinOptions.defaults().withCanary(Canary.share(50)).withWatch(Duration.ofSeconds(2))
                .withMaxLag(Duration.ofSeconds(2)));
        assertThat(directory.trial().orElseThrow().state()).isEqualTo(TrialState.WATCHED);
        assertThat(directory.pinned()).as("nothing is pinned before it is decided").isEmpty();
        PolicyTrial over = awaitEnd();
        assertThat(over.state()).as(over.text()).isEqualTo(TrialState.PASSED);
        awaitChange(ChangeReason.TRIAL_PASSED);
        assertThat(directory.pinned()).contains("other");
        assertThat(directory.current().orElseThrow().name()).isEqualTo("other");
        assertThat(directory.current().orElseThrow().why())
                .contains("current: the operator 'anna' pinned 'other'; policy:auto removes the pin");
        assertThat(lost()).isZero();
    }

    @Test
    void aWatchWithoutACanary_rollsBackToWhatWasPinnedBefore() {
        register("bad", 50, BadEngine.DELAYS_DISPATCH.engine().factory());
        admin.pin("good");
        admin.pin("bad", PinOptions.defaults().withWatch(WINDOW).withMaxLag(Duration.ofMillis(30)));
        PolicyTrial over = awaitEnd();
        assertThat(over.state()).isEqualTo(TrialState.ROLLED_BACK);
        awaitDrivers("GOOD GOOD GOOD GOOD");
        assertThat(directory.pinned()).contains("good");
        assertThat(directory.history()).filteredOn(change -> change.to().equals(Optional.of("bad"))).singleElement()
                .satisfies(change -> assertThat(change.cause()).isEqualTo("operator pinned it, watched for 20.0 s"));
        assertThat(lost()).isZero();
    }

    @Test
    void aCanaryWithoutAWatch_stays_untilTheOperatorChoosesAgain() {
        register("other", 50, BadEngine.LEAKS.engine().factory());
        admin.pin("other", PinOptions.defaults().withCanary(Canary.loop("loop-1")));
        awaitDrivers("GOOD LEAKS GOOD GOOD");
        assertThat(directory.trial().orElseThrow().state()).isEqualTo(TrialState.STAYING);
        admin.unpin();
        awaitDrivers("GOOD GOOD GOOD GOOD");
        assertThat(directory.trial().orElseThrow().state()).isEqualTo(TrialState.ENDED);
        assertThat(directory.trial().orElseThrow().text()).isEqualTo("the operator removed the pin");
    }

    @Test
    void anotherChoice_endsATrial_andWins() {
        register("bad", 50, BadEngine.LEAKS.engine().factory());
        admin.pin("bad", PinOptions.defaults().withCanary(Canary.share(50)).withWatch(WINDOW));
        admin.pin("good");
        assertThat(directory.trial().orElseThrow().state()).isEqualTo(TrialState.ENDED);
        awaitDrivers("GOOD GOOD GOOD GOOD");
        assertThat(directory.pinned()).contains("good");
    }

    @Test
    void aPolicyThatLeaves_isRolledBack() {
        Candidate bad = register("bad", 50, BadEngine.LEAKS.engine().factory());
        admin.pin("bad", PinOptions.defaults().withWatch(WINDOW));
        registry.left(bad, ChangeReason.SERVICE_LEFT, "service left");
        PolicyTrial over = awaitEnd();
        assertThat(over.state()).isEqualTo(TrialState.ROLLED_BACK);
        assertThat(over.text()).isEqualTo("policy 'bad' has left: expected that it stays");
        awaitChange(ChangeReason.SERVICE_LEFT);
        assertThat(directory.pinned()).isEmpty();
    }

    @Test
    void aCanaryThatHasNoLoop_isRefused_withThoseThatThereAre() {
        register("other", 50, BadEngine.LEAKS.engine().factory());
        assertThatThrownBy(() -> admin.pin("other", PinOptions.defaults().withCanary(Canary.loop("nobody"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no loop is in the canary loop:nobody: expected one that is open and follows the policy;"
                        + " these do: loop-0, loop-1, loop-2, loop-3");
        assertThat(directory.trial()).isEmpty();
    }

    @Test
    void aPlan_saysWhatWouldHappen_andChangesNothing() {
        register("other", 50, BadEngine.LEAKS.engine().factory());
        EventLoop stubborn = loops.newLoop(good, LoopOptions.defaults().withName("stubborn").withFollowing(false));
        traffic.forEach(Traffic::awaitProgress);
        PolicyPlan plan = admin.plan("other",
                PinOptions.defaults().withCanary(Canary.share(50)).withWatch(Duration.ofSeconds(30)));
        assertThat(plan.current()).contains("good");
        assertThat(plan.loops().stream().map(each -> each.loop() + " " + each.step() + ": " + each.why()))
                .containsExactly("loop-0 moves: canary", "loop-1 moves: canary",
                        "loop-2 moves later: after the canary has passed its watch of 30.0 s",
                        "loop-3 moves later: after the canary has passed its watch of 30.0 s",
                        "stubborn stays: it does not follow: it was made so");
        assertThat(plan.loops().get(0).connections()).isPositive();
        assertThat(plan.notes()).contains("the policy has not been made yet: which driver it brings is seen then");
        assertThat(admin.plan("good", PinOptions.defaults()).loops())
                .filteredOn(each -> !each.loop().equals("stubborn"))
                .allSatisfy(each -> assertThat(each.step()).isEqualTo(PlannedStep.STAYS))
                .allSatisfy(each -> assertThat(each.why()).isEqualTo("it is on driver 'GOOD' already"));
        assertThatThrownBy(() -> admin.plan("nobody", PinOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no policy 'nobody'");
        assertThat(loops.loops().stream().map(LoopInfo::exchanges)).containsOnly(0L);
        assertThat(directory.pinned()).isEmpty();
        stubborn.close();
    }

    @Test
    void aPinForATime_endsByItself() {
        register("other", 50, BadEngine.GOOD.engine().factory());
        admin.pin("other", PinOptions.defaults().withDuration(Duration.ofSeconds(3)));
        assertThat(directory.pinnedUntil()).isPresent();
        PolicyChange ended = awaitChange(ChangeReason.PIN_ENDED);
        assertThat(ended.cause()).isEqualTo("the pin on 'other' has ended, as was asked for");
        assertThat(directory.pinned()).isEmpty();
        assertThat(directory.pinnedUntil()).isEmpty();
        assertThat(directory.current().orElseThrow().name()).isEqualTo("good");
    }
}
