package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.kernel.Outcome;
import aio.core.loop.Round;
import aio.core.registry.Fixture.FakePolicy;
import aio.core.registry.Fixture.ForeignPolicy;
import aio.core.registry.Fixture.Service;
import aio.policy.EventLoopPolicy;
import aio.policy.ChangeReason;
import aio.policy.PolicyChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExchangesTest {
    private final Fixture f = new Fixture();

    @Test
    void change_letsLoopsFollow_andSaysWhatWasKept() {
        f.service("default", Integer.MIN_VALUE);
        f.followers.outcome = new Outcome(1, 3, 0, 400_000, List.of());
        f.service("winselector", 100);
        assertThat(f.followers.calls).containsExactly("want default", "want winselector");
        PolicyChange change = f.directory.history().get(1);
        assertThat(change.summary()).isEqualTo("default -> winselector (rank 100, service arrived);"
                + " 1 loop, 3 connections kept, 0 lost, longest pause 0.4 ms");
        assertThat(change.number()).isEqualTo(2);
        assertThat(change.who()).isEqualTo("bundle.winselector [12]");
    }

    @Test
    void summary_countsInSingularAndPlural() {
        f.followers.outcome = new Outcome(2, 1, 0, 0, List.of("loop 'a' is blocked"));
        f.service("p", 0);
        assertThat(f.directory.history().get(0).summary()).isEqualTo("none -> p (rank 0, service arrived);"
                + " 2 loops, 1 connection kept, 0 lost, longest pause 0.0 ms; stayed: loop 'a' is blocked");
    }

    @Test
    void loopsThatAreLate_areStillToFollow_andTheHistoryTellsWhatBecameOfThem() {
        CompletableFuture<Outcome> follows = new CompletableFuture<>();
        CompletableFuture<Outcome> fails = new CompletableFuture<>();
        f.followers.outcome =
                new Outcome(1, 3, 0, 400_000, List.of("loop 'a' is blocked", "loop 'b' works"));
        f.followers.late = List.of(
                new Round.Late("loop 'a' is blocked", follows), new Round.Late("loop 'b' works", fails));
        List<PolicyChange> told = new ArrayList<>();
        f.directory.addListener(told::add);
        f.service("p", 0);
        f.followers.outcome = Outcome.NOTHING;
        f.followers.late = List.of();
        f.service("q", 1);
        PolicyChange before = f.directory.history().get(0);
        assertThat(before.loops()).isEqualTo(1);
        assertThat(before.toFollow()).isEqualTo(2);
        assertThat(before.summary()).isEqualTo("none -> p (rank 0, service arrived);"
                + " 1 loop, 2 still to follow, 3 connections kept, 0 lost, longest pause 0.4 ms;"
                + " stayed: loop 'a' is blocked; loop 'b' works");

        follows.complete(new Outcome(1, 7, 1, 900_000, List.of()));
        assertThat(f.directory.history().get(0).summary()).isEqualTo("none -> p (rank 0, service arrived);"
                + " 2 loops, 1 still to follow, 10 connections kept, 1 lost, longest pause 0.9 ms;"
                + " stayed: loop 'b' works");

        fails.complete(new Outcome(0, 0, 0, 200_000, List.of("loop 'b' has not followed: it was closed")));
        PolicyChange after = f.directory.history().get(0);
        assertThat(after.toFollow()).isZero();
        assertThat(after.summary()).isEqualTo("none -> p (rank 0, service arrived);"
                + " 2 loops, 10 connections kept, 1 lost, longest pause 0.9 ms;"
                + " stayed: loop 'b' has not followed: it was closed");
        assertThat(after.duration()).isEqualTo(before.duration());
        assertThat(told).extracting(PolicyChange::toFollow).as("each change is told once").containsExactly(2, 0);
        assertThat(f.directory.history().get(1).summary()).startsWith("p -> q")
                .contains("; 0 loops, 0 connections kept");
    }

    @Test
    void aLateLoopThatIsThereBeforeTheHistory_isCounted() {
        Round.Late late = new Round.Late("loop 'a' works",
                CompletableFuture.completedFuture(new Outcome(1, 5, 0, 0, List.of())));
        f.followers.outcome = Outcome.stayed(late.why());
        f.followers.late = List.of(late);
        f.service("p", 0);
        assertThat(f.directory.history()).singleElement().satisfies(change -> {
            assertThat(change.loops()).isEqualTo(1);
            assertThat(change.toFollow()).isZero();
            assertThat(change.stayed()).isEmpty();
        });
    }

    @Test
    void aLateLoopOfAChangeThatIsForgotten_changesNothing() {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Round.Late late = new Round.Late("loop 'a' works", outcome);
        f.registry.configure(new Settings(false, 0, 1));
        f.followers.outcome = Outcome.stayed(late.why());
        f.followers.late = List.of(late);
        f.service("p", 0);
        f.followers.outcome = Outcome.NOTHING;
        f.followers.late = List.of();
        f.service("q", 1);
        List<PolicyChange> before = f.directory.history();
        outcome.complete(new Outcome(1, 5, 0, 0, List.of()));
        assertThat(f.directory.history()).isEqualTo(before).extracting(ExchangesTest::to).containsExactly("q");
    }

    @Test
    void departureOfCurrent_letsTheLoopsLeave_thenGivesBack() {
        f.service("default", 0);
        Service high = f.service("high", 100);
        f.followers.calls.clear();
        f.followers.onFollow = () -> assertThat(high.ungets).hasValue(0);
        high.unregister();
        assertThat(f.followers.calls).containsExactly("want default, without high");
        assertThat(high.ungets).hasValue(1);
    }

    @Test
    void departureOfStandby_letsTheLoopsLeave_withoutHistory() {
        Service first = f.service("first", 0);
        f.service("high", 100);
        f.followers.calls.clear();
        first.unregister();
        assertThat(f.followers.calls).contains("want high, without first");
        assertThat(f.directory.history()).hasSize(2);
    }

    @Test
    void departureOfLast_parks_andTheNextArrivalIsFollowed() {
        Service only = f.service("only", 0);
        f.followers.calls.clear();
        only.unregister();
        assertThat(f.followers.calls).containsExactly("want none, without only");
        f.followers.parkOne();
        f.service("next", 0);
        assertThat(f.followers.calls).contains("want next");
    }

    @Test
    void currentWithoutDriver_leavesLoopsAlone_andSaysSo() {
        Service normal = f.service("default", 0);
        f.service("foreign", 100, new ForeignPolicy());
        assertThat(f.followers.calls).containsExactly("want default", "want none, else default");
        normal.unregister();
        assertThat(f.followers.calls).contains("want none, without default");
        f.followers.parkOne();
        f.service("other", 5);
        assertThat(f.followers.calls).as("a parked loop gets the best driver there is")
                .contains("want none, else other");
        assertThat(f.currentName()).isEqualTo("foreign");
    }

    @Test
    void departureUnderForeignCurrent_goesToTheBestOtherDriver() {
        Service normal = f.service("default", 0);
        f.service("spare", -5);
        f.service("foreign", 100, new ForeignPolicy());
        normal.unregister();
        assertThat(f.followers.calls).contains("want none, else spare, without default");
    }

    @Test
    void driversOfStoppedBundle_areLeft_evenIfTheirPolicyWasDroppedLongAgo() {
        f.service("default", 0);
        FakePolicy dropped = new FakePolicy("dropped");
        f.registry.setEventLoopPolicy(dropped);
        f.registry.setEventLoopPolicy(null);
        Owner bundle = new Owner(50, "gone");
        f.owners.classes.put(Fixture.FakeDriver.class, bundle);
        f.followers.calls.clear();
        f.registry.stopped(bundle);
        assertThat(f.followers.calls).contains("want default, without dropped");
    }

    @Test
    void listeners_areToldInOrder_oneThatThrowsDisturbsNobody() {
        List<String> told = new ArrayList<>();
        f.directory.addListener(change -> {
            throw new IllegalStateException("a bad listener");
        });
        var open = f.directory.addListener(change -> told.add(change.to().orElse("none")));
        f.service("a", 0);
        f.service("b", 1);
        open.close();
        f.service("c", 2);
        assertThat(told).containsExactly("a", "b");
    }

    @Test
    void listenerThatChangesThePolicy_isServed() {
        FakePolicy mine = new FakePolicy("mine");
        List<String> told = new ArrayList<>();
        f.directory.addListener(change -> {
            told.add(change.to().orElse("none"));
            if (change.to().orElse("none").equals("high")) {
                f.registry.setEventLoopPolicy(mine);
            }
        });
        f.service("high", 100);
        assertThat(f.registry.getEventLoopPolicy()).isSameAs(mine);
        assertThat(told).containsExactly("high", FakePolicy.class.getName());
    }

    @Test
    void whoPinsInsideAListener_isToldWhatBecameOfIt() {
        f.followers.outcome = new Outcome(1, 3, 0, 0, List.of());
        assertThat(pinnedInsideAListener(new FakePolicy("other")).loops()).isEqualTo(1);
    }

    @Test
    void whoPinsAPolicyWithoutDriverInsideAListener_isToldThatNoneIsToFollow() {
        assertThat(pinnedInsideAListener(new ForeignPolicy()).toFollow()).isZero();
    }

    private PolicyChange pinnedInsideAListener(EventLoopPolicy other) {
        List<PolicyChange> answers = new ArrayList<>();
        f.service("other", -1, other);
        f.followers.parkOne();
        f.directory.addListener(change -> {
            if (change.to().orElse("none").equals("first")) {
                f.admin.pin("other").ifPresent(answers::add);
            }
        });
        f.service("first", 0);
        assertThat(answers).singleElement().extracting(ExchangesTest::to).isEqualTo("other");
        assertThat(f.directory.history()).last().extracting(PolicyChange::number).isEqualTo(answers.get(0).number());
        return answers.get(0);
    }

    @Test
    void history_isBounded() {
        f.registry.configure(new Settings(false, 0, 3));
        for (int i = 0; i < 10; i++) {
            f.service("p" + i, i);
        }
        assertThat(f.directory.history()).extracting(PolicyChange::number).containsExactly(8L, 9L, 10L);
    }

    @Test
    void exchangesThatFail_areReported_andThePolicyIsChangedAllTheSame() {
        f.followers.onFollow = () -> {
            throw new IllegalStateException("loops are broken");
        };
        f.service("p", 0);
        assertThat(f.currentName()).isEqualTo("p");
        assertThat(f.directory.history().get(0).stayed()).singleElement().asString().contains("loops are broken");
    }

    @Test
    void aDriverThatIsTooLateForItsProbe_isRefused_andItsPolicyIsCurrentAgain_whenItHasPassed() {
        f.service("default", 0);
        f.problems.put("slow", "too late");
        f.service("slow", 100);
        assertThat(f.currentName()).isEqualTo("default");
        f.latecomers.get("slow").run();
        assertThat(f.currentName()).isEqualTo("slow");
        assertThat(f.followers.calls).last().isEqualTo("want slow");
        assertThat(f.info("slow").why()).noneSatisfy(line -> assertThat(line).contains("refused"));
        assertThat(f.directory.history()).extracting(ExchangesTest::to)
                .containsExactly("default", "slow", "default", "slow");
        assertThat(f.directory.history().get(3).reason()).isEqualTo(ChangeReason.DRIVER_PASSED);
        assertThat(f.directory.history().get(3).cause()).isEqualTo("policy 'slow' has passed its probe late");
    }

    @Test
    void aPolicyThatIsRefusedForSomethingElse_isNotBack_whenItsDriverHasPassedLate() {
        f.service("default", 0);
        f.problems.put("slow", "too late");
        f.service("slow", 100);
        Runnable late = f.latecomers.get("slow");
        f.problems.clear();
        f.admin.pin("slow");
        FakePolicy policy = (FakePolicy) f.registry.getEventLoopPolicy();
        f.registry.driverGivenUp("a", policy.driver, "it failed 5 times");
        f.registry.driverGivenUp("b", policy.driver, "it failed 5 times");
        await(() -> f.currentName().equals("default"));
        late.run();
        assertThat(f.currentName()).isEqualTo("default");
        assertThat(f.info("slow").why().toString()).contains("its driver is given up");
    }

    @Test
    void aDriverThatFailsItsProbe_isRefused_withTheReason_andTheNextPolicyIsCurrent() {
        f.service("default", 0);
        f.problems.put("bad", "planted failure");
        f.service("bad", 100);
        assertThat(f.currentName()).isEqualTo("default");
        assertThat(f.followers.calls).doesNotContain("want bad");
        assertThat(f.info("bad").state()).hasToString("refused");
        assertThat(f.info("bad").why()).anySatisfy(line -> assertThat(line)
                .contains("refused: its driver has failed its probe: planted failure"));
        assertThat(f.directory.history()).extracting(ExchangesTest::to).containsExactly("default", "bad", "default");
        assertThat(f.directory.history().get(1).stayed())
                .containsExactly("all loops stay on the driver they have: planted failure");
    }

    @Test
    void aRefusedPolicyThatTheOperatorPins_isProbedAgain() {
        f.service("default", 0);
        f.problems.put("bad", "planted failure");
        f.service("bad", 100);
        f.admin.pin("bad");
        assertThat(f.currentName()).as("it fails still").isEqualTo("default");
        f.problems.clear();
        f.admin.pin("bad");
        assertThat(f.currentName()).isEqualTo("bad");
    }

    @Test
    void anInstalledPolicyWhoseDriverFailsItsProbe_isPassedOver() {
        f.service("default", 0);
        f.problems.put("mine", "planted failure");
        f.registry.setEventLoopPolicy(new FakePolicy("mine"));
        assertThat(f.currentName()).isEqualTo("default");
    }

    @Test
    void aDriverThatIsGivenUpByTwoLoops_isRefusedForAll() {
        f.service("default", 0);
        Service bad = f.service("bad", 100);
        FakePolicy policy = (FakePolicy) f.registry.getEventLoopPolicy();
        f.registry.driverGivenUp("a", policy.driver, "it failed 5 times");
        assertThat(f.currentName()).as("one loop alone").isEqualTo("bad");
        f.registry.driverGivenUp("b", policy.driver, "it failed 5 times");
        await(() -> f.currentName().equals("default"));
        assertThat(f.info("bad").why()).anySatisfy(line -> assertThat(line).contains("it failed 5 times"));
        assertThat(bad.ungets).hasValue(0);
    }

    /** The current policy's driver has passed its probe, and fails under the loop. */
    @Test
    void aLoopThatIsParkedByFailures_getsTheBestStandbyThatPassesItsProbe() {
        f.service("refusing", 100);
        f.problems.put("bad", "planted failure");
        f.service("bad", 50);
        f.service("good", 10);
        Service spare = f.service("spare", 5);
        f.followers.parkOne();
        f.followers.onFollow = f.followers.infos::clear;
        f.registry.loopParked();
        await(() -> f.followers.infos.isEmpty());
        assertThat(f.currentName()).isEqualTo("refusing");
        assertThat(f.info("bad").state()).hasToString("refused");
        assertThat(f.latecomers).as("probed").containsOnlyKeys("refusing", "bad", "good");
        assertThat(spare.gets).as("is not made in vain").hasValue(0);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait(); // the timeout of the class ends this
        }
    }

    @Test
    void whoComesWhileAnotherExchangeRuns_waitsForItsOwn_butNotForEver() throws InterruptedException {
        f.registry.configure(new Settings(false, 50, 100));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        f.service("default", 0);
        Thread first = new Thread(() -> f.service("first", 100));
        f.followers.onFollow = () -> {
            if (Thread.currentThread() == first) {
                inside.countDown();
                awaitQuietly(goOn);
            }
        };
        first.start();
        inside.await();
        f.service("second", 200);
        assertThat(f.currentName()).as("the policy does not wait for the loops").isEqualTo("second");
        assertThat(f.directory.history()).as("changes are told in their order").hasSize(1);
        f.followers.onFollow = () -> {};
        goOn.countDown();
        first.join();
        assertThat(f.directory.history()).extracting(ExchangesTest::to).containsExactly("default", "first", "second");
        assertThat(f.followers.calls).last().isEqualTo("want second");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String to(PolicyChange change) {
        return change.to().orElse("none");
    }
}
