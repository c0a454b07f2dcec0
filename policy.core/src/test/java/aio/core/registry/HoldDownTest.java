package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.registry.Fixture.Service;
import aio.policy.ChangeReason;
import aio.policy.PolicyReason;
import aio.policy.PolicyState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A policy that comes and goes too often is not followed until it is calm. */
@Timeout(30)
class HoldDownTest {
    private final Fixture f = new Fixture();
    private Service standing;

    @BeforeEach
    void threeDeparturesInTenSeconds_aMinuteOfCalm() {
        configure(3, 10_000, 60_000);
        standing = f.service("default", 0);
    }

    private void configure(int departures, long window, long calm) {
        f.registry.configure(new Settings(false, 1000, 100, new Caution(false, departures, window, calm)));
    }

    /** Comes and goes, each time for a second. */
    private void flap(String name, int times) {
        for (int i = 0; i < times; i++) {
            Service service = f.service(name, 100);
            f.time.pass(1000);
            service.unregister();
        }
    }

    @Test
    void aPolicyThatFlaps_isNotFollowed_untilItHasBeenThereForTheTime() {
        flap("flappy", 3);
        f.service("flappy", 100);
        assertThat(f.currentName()).isEqualTo("default");
        f.time.pass(59_999);
        assertThat(f.currentName()).isEqualTo("default");
        f.time.pass(1);
        assertThat(f.currentName()).isEqualTo("flappy");
        assertThat(f.directory.history()).last().satisfies(change -> {
            assertThat(change.reason()).isEqualTo(ChangeReason.CALM_AGAIN);
            assertThat(change.cause()).isEqualTo("'flappy' is held down no more");
        });
        assertThat(f.followers.calls).last().isEqualTo("want flappy");
        assertThat(f.time.isAnySet()).isFalse();
    }

    @Test
    void departures_areFollowedAtOnce_andTheLastOneIsSaidToBeginIt() {
        flap("flappy", 3);
        assertThat(f.summaries()).containsExactly(
                "none -> default (rank 0, service arrived)",
                "default -> flappy (rank 100, service arrived)", "flappy -> default (service left)",
                "default -> flappy (rank 100, service arrived)", "flappy -> default (service left)",
                "default -> flappy (rank 100, service arrived)",
                "flappy -> default (service left, held down from now on)");
    }

    @Test
    void lessOften_isFollowedEachTime() {
        for (int i = 0; i < 20; i++) {
            Service service = f.service("flappy", 100);
            assertThat(f.currentName()).isEqualTo("flappy");
            f.time.pass(5001);
            service.unregister();
        }
        assertThat(f.currentName()).isEqualTo("default");
    }

    @Test
    void theTimeBeginsAnew_withEachArrival() {
        flap("flappy", 3);
        for (int i = 0; i < 5; i++) {
            Service service = f.service("flappy", 100);
            f.time.pass(50_000);
            assertThat(f.currentName()).as("round " + i).isEqualTo("default");
            service.unregister();
        }
        f.service("flappy", 100);
        f.time.pass(60_000);
        assertThat(f.currentName()).isEqualTo("flappy");
    }

    @Test
    void aPolicyThatWasCalm_hasToFlapAsOftenAgain() {
        flap("flappy", 3);
        Service service = f.service("flappy", 100);
        f.time.pass(60_000);
        service.unregister();
        service = f.service("flappy", 100);
        assertThat(f.currentName()).isEqualTo("flappy");
        service.unregister();
        f.service("flappy", 100);
        assertThat(f.currentName()).isEqualTo("flappy");
    }

    @Test
    void aPolicyThatWasAway_forLongerThanBothTimes_isForgotten() {
        flap("flappy", 3);
        f.time.pass(60_001);
        f.service("flappy", 100);
        assertThat(f.currentName()).isEqualTo("flappy");
    }

    @Test
    void aPolicyThatIsAway_forLess_isNot() {
        flap("flappy", 3);
        f.time.pass(59_000);
        f.service("flappy", 100);
        assertThat(f.currentName()).isEqualTo("default");
    }

    @Test
    void isExplained() {
        flap("flappy", 4);
        f.service("flappy", 100);
        f.time.pass(20_000);
        assertThat(f.info("flappy")).satisfies(info -> {
            assertThat(info.state()).isEqualTo(PolicyState.HELD_DOWN);
            assertThat(info.reason()).isEqualTo(PolicyReason.HELD_DOWN);
            assertThat(info.why()).last().isEqualTo("held down: it has left 4 times in 3.0 s, expected fewer than 3 in"
                    + " 10.0 s (hold.down.departures); it is followed after it has been there for 60.0 s without a"
                    + " break, 40.0 s from now: mend what makes it leave, or policy:use flappy");
        });
        assertThat(f.info("default")).satisfies(info -> {
            assertThat(info.reason()).isEqualTo(PolicyReason.OTHERS_HELD_BACK);
            assertThat(info.why()).last().isEqualTo(
                    "current: the highest ranking of all that work and are not held back, as 'flappy' is");
        });
        assertThat(f.directory.policies()).extracting(info -> info.name()).containsExactly("default", "flappy");
    }

    @Test
    void aPin_goesBeforeIt_andMayBeRemovedAgain() {
        flap("flappy", 3);
        f.service("flappy", 100);
        f.admin.pin("flappy");
        assertThat(f.currentName()).isEqualTo("flappy");
        assertThat(f.info("flappy").why())
                .contains("current: the operator pinned 'flappy'; policy:auto removes the pin")
                .last().asString().startsWith("would be held down, were it not pinned");
        f.admin.unpin();
        assertThat(f.currentName()).isEqualTo("default");
        f.admin.pin("flappy");
        f.time.pass(60_000);
        assertThat(f.admin.unpin()).isEmpty();
        assertThat(f.currentName()).isEqualTo("flappy");
    }

    @Test
    void whatIsPinned_isFollowedEachTime() {
        f.service("flappy", 100).unregister();
        f.registry.configureChoice(new Choice("flappy", Map.of()));
        for (int i = 0; i < 10; i++) {
            Service service = f.service("flappy", 100);
            assertThat(f.currentName()).isEqualTo("flappy");
            service.unregister();
            assertThat(f.currentName()).isEqualTo("default");
        }
    }

    @Test
    void betterOneThatFlaps_thanNone() {
        flap("flappy", 3);
        f.service("flappy", 100);
        standing.unregister();
        assertThat(f.currentName()).isEqualTo("flappy");
        assertThat(f.info("flappy").why()).last().asString().startsWith(
                "would be held down, were it not pinned or the only one that works: it has left 3 times in 2.0 s");
        f.service("default", 0);
        assertThat(f.currentName()).isEqualTo("default");
    }

    @Test
    void anotherOfThatName_thatIsThere_staysCurrent() {
        f.service("flappy", 90);
        flap("flappy", 3);
        assertThat(f.currentName()).isEqualTo("flappy");
        f.service("flappy", 100);
        assertThat(f.directory.policies()).extracting(info -> info.ranking()).containsExactly(90, 0, 100);
        assertThat(f.directory.policies()).extracting(info -> info.state())
                .containsExactly(PolicyState.CURRENT, PolicyState.STANDBY, PolicyState.HELD_DOWN);
    }

    @Test
    void itIsOffByDefault_andReleasesAll_whenItIsTurnedOff() {
        assertThat(Settings.DEFAULTS.caution()).isEqualTo(Caution.NONE);
        flap("flappy", 3);
        f.service("flappy", 100);
        assertThat(f.currentName()).isEqualTo("default");
        f.registry.configure(Settings.DEFAULTS);
        assertThat(f.currentName()).isEqualTo("flappy");
        assertThat(f.directory.history()).last().satisfies(
                change -> assertThat(change.reason()).isEqualTo(ChangeReason.CONFIGURED));
        flap("flappy", 10);
        f.service("flappy", 100);
        assertThat(f.time.isAnySet()).isFalse();
    }

    @Test
    void aShorterTime_counts_alsoForOneThatIsHeldDown() {
        flap("flappy", 3);
        f.service("flappy", 100);
        f.time.pass(10_000);
        configure(3, 10_000, 15_000);
        assertThat(f.currentName()).isEqualTo("default");
        f.time.pass(5_000);
        assertThat(f.currentName()).isEqualTo("flappy");
    }

    @Test
    void twoThatFlap_areReleasedEachInTime() {
        flap("a", 3);
        flap("b", 3);
        f.service("a", 100);
        f.time.pass(30_000);
        f.service("b", 200);
        f.time.pass(30_000);
        assertThat(f.currentName()).isEqualTo("a");
        f.time.pass(30_000);
        assertThat(f.currentName()).isEqualTo("b");
    }

    @Test
    void oneThatIsRefused_isStillRefusedWhenItIsCalm() {
        flap("flappy", 3);
        f.problems.put("flappy", "no ring");
        f.service("flappy", 100);
        f.time.pass(60_000);
        assertThat(f.currentName()).isEqualTo("default");
        assertThat(f.info("flappy").state()).isEqualTo(PolicyState.REFUSED);
    }

    @Test
    void aServiceThatIsRenamed_hasLeft() {
        Service service = f.service("a", 100);
        for (int i = 0; i < 3; i++) {
            f.registry.described(service.candidate, Description.of("b", 100));
            f.registry.described(service.candidate, Description.of("a", 100));
        }
        assertThat(f.currentName()).isEqualTo("default");
        f.time.pass(60_000);
        assertThat(f.currentName()).isEqualTo("a");
    }

    @Test
    void loopsWithoutADriver_goToOneThatIsHeldDown_last() {
        flap("flappy", 3);
        f.service("flappy", 100);
        f.service("other", -5);
        assertThat(f.directory.policies()).extracting(info -> info.name())
                .isEqualTo(List.of("default", "other", "flappy"));
    }
}
