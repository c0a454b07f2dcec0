package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.registry.Fixture.Service;
import aio.policy.ChangeReason;
import aio.policy.PolicyChange;
import aio.policy.PolicyReason;
import aio.policy.PolicyState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where arrivals are to be confirmed, nothing changes by ranking alone. */
@Timeout(30)
class ConfirmTest {
    private final Fixture f = new Fixture();
    private Service standing;

    @BeforeEach
    void arrivalsAreToBeConfirmed() {
        confirmArrivals(f, true);
        standing = f.service("default", 0);
    }

    private static void confirmArrivals(Fixture fixture, boolean really) {
        fixture.registry.configure(new Settings(false, 1000, 100, new Caution(really, 0, 60_000, 60_000)));
    }

    @Test
    void whatArrives_isNotFollowed_untilItIsConfirmed() {
        f.service("next", 100);
        assertThat(f.currentName()).isEqualTo("default");
        assertThat(f.admin.confirm("next")).flatMap(PolicyChange::to).hasValue("next");
        assertThat(f.directory.confirmed()).containsOnly(Map.entry("next", 100));
        assertThat(f.directory.history()).last().satisfies(change -> {
            assertThat(change.reason()).isEqualTo(ChangeReason.CONFIRMED);
            assertThat(change.cause()).isEqualTo("operator confirmed 'next' with rank 100");
        });
        assertThat(f.followers.calls).last().isEqualTo("want next");
    }

    @Test
    void whatIsPinned_orRanked_isFollowed() {
        f.service("next", 100);
        assertThat(f.admin.pin("next")).flatMap(PolicyChange::to).hasValue("next");
        assertThat(f.admin.unpin()).flatMap(PolicyChange::to).hasValue("default");
        assertThat(f.admin.rank("next", 1)).flatMap(PolicyChange::to).hasValue("next");
        assertThat(f.admin.unrank("next")).as("it was current, and stays so").isEmpty();
    }

    @Test
    void whatIsRankedDown_isNot() {
        f.service("next", 100);
        assertThat(f.admin.rank("next", -1)).isEmpty();
        assertThat(f.currentName()).isEqualTo("default");
    }

    @Test
    void aRankingThatChanges_changesNothing() {
        Service next = f.service("next", -5);
        next.ranking(500);
        assertThat(f.currentName()).isEqualTo("default");
        standing.ranking(-1000);
        assertThat(f.currentName()).isEqualTo("default");
    }

    @Test
    void aRankingThatChanges_afterItWasConfirmed_hasToBeConfirmedAgain() {
        Service next = f.service("next", 100);
        Service other = f.service("other", 200);
        f.admin.confirm("next");
        f.admin.confirm("other");
        assertThat(f.currentName()).isEqualTo("other");
        next.ranking(300);
        assertThat(f.currentName()).isEqualTo("other");
        assertThat(f.info("next")).satisfies(info -> {
            assertThat(info.ranking()).isEqualTo(100);
            assertThat(info.state()).isEqualTo(PolicyState.STANDBY);
            assertThat(info.why()).contains("ranking 100, as it was confirmed, instead of 300",
                    "confirmed with ranking 100: policy:confirm next --reset takes it back; policy:confirm next"
                            + " confirms 300, which it says now");
        });
        other.ranking(-7);
        assertThat(f.currentName()).isEqualTo("other");
        assertThat(f.admin.confirm("next")).flatMap(PolicyChange::to).hasValue("next");
        assertThat(f.info("next").ranking()).isEqualTo(300);
    }

    @Test
    void aDeparture_isFollowedAtOnce_confirmedOnesFirst() {
        f.service("best", 500);
        f.service("good", 50);
        f.admin.confirm("good");
        f.admin.pin("default");
        f.admin.unpin();
        assertThat(f.currentName()).isEqualTo("good");
        f.admin.pin("default");
        standing.unregister();
        assertThat(f.currentName()).isEqualTo("good");
    }

    @Test
    void aDeparture_withNothingConfirmed_goesToWhatWasCurrentBefore_elseToTheBest() {
        f.service("best", 500);
        Service tried = f.service("tried", 10);
        f.admin.rank("tried", 20);
        assertThat(f.currentName()).isEqualTo("tried");
        tried.unregister();
        assertThat(f.currentName()).isEqualTo("default");
        standing.unregister();
        assertThat(f.currentName()).isEqualTo("best");
        assertThat(f.summaries()).last().isEqualTo("default -> best (service left)");
    }

    @Test
    void whatIsConfirmed_andDoesNotWork_goesBackToWhatDid() {
        f.service("never", 500);
        f.problems.put("next", "no ring");
        f.service("next", 100);
        f.admin.confirm("next");
        assertThat(f.currentName()).isEqualTo("default");
        assertThat(f.info("next").state()).isEqualTo(PolicyState.REFUSED);
    }

    @Test
    void afterARestart_whatWasConfirmed_isCurrent_inWhateverOrderTheyCome() {
        Choice kept = Choice.of(
                Map.<String, Object>of(Choice.CONFIRMED, new String[] {"default=0", "next=100"})::get).choice();
        for (List<String> order : List.of(List.of("new", "default", "next"), List.of("next", "new", "default"),
                List.of("default", "next", "new"), List.of("new", "next", "default"))) {
            Fixture restarted = new Fixture();
            confirmArrivals(restarted, true);
            restarted.registry.configureChoice(kept);
            order.forEach(name -> restarted.service(name, name.equals("new") ? 900 : name.equals("next") ? 100 : 0));
            assertThat(restarted.currentName()).as(order.toString()).isEqualTo("next");
        }
    }

    @Test
    void isExplained() {
        f.service("next", 100);
        assertThat(f.info("next")).satisfies(info -> {
            assertThat(info.state()).isEqualTo(PolicyState.UNCONFIRMED);
            assertThat(info.reason()).isEqualTo(PolicyReason.UNCONFIRMED);
            assertThat(info.why()).last().isEqualTo("not current: it is not confirmed, and confirm.arrivals is true:"
                    + " policy:confirm next, or policy:use next");
        });
        assertThat(f.info("default")).satisfies(info -> {
            assertThat(info.reason()).isEqualTo(PolicyReason.OTHERS_HELD_BACK);
            assertThat(info.why()).last().isEqualTo(
                    "not confirmed, so another one may be current after a restart: policy:confirm default");
        });
        assertThat(f.directory.policies()).extracting(info -> info.name()).containsExactly("default", "next");
        f.admin.confirm("default");
        assertThat(f.info("default").why()).last().isEqualTo(
                "confirmed with ranking 0: policy:confirm default --reset takes it back");
    }

    @Test
    void aConfirmation_isTakenBack() {
        f.service("next", 100);
        f.admin.confirm("default");
        f.admin.confirm("next");
        assertThat(f.admin.unconfirm("next")).flatMap(PolicyChange::to).hasValue("default");
        assertThat(f.directory.history()).last().satisfies(change -> {
            assertThat(change.reason()).isEqualTo(ChangeReason.UNCONFIRMED);
            assertThat(change.cause()).isEqualTo("operator took the confirmation of 'next' back");
        });
        assertThat(f.admin.unconfirm("none")).isEmpty();
    }

    @Test
    void itIsOffByDefault_andAConfirmationCountsOnlyWhenItIsOn() {
        Service next = f.service("next", 100);
        f.admin.confirm("default");
        confirmArrivals(f, false);
        assertThat(f.currentName()).isEqualTo("next");
        next.ranking(-100);
        assertThat(f.currentName()).isEqualTo("default");
        next.ranking(100);
        confirmArrivals(f, true);
        assertThat(f.currentName()).isEqualTo("default");
    }

    @Test
    void whatRunsWhenItIsTurnedOn_staysCurrent() {
        confirmArrivals(f, false);
        f.service("next", 100);
        confirmArrivals(f, true);
        f.service("best", 500);
        assertThat(f.currentName()).isEqualTo("next");
    }

    @Test
    void whatCodeInstalls_isCode() {
        Fixture.FakePolicy installed = new Fixture.FakePolicy("mine");
        f.registry.setEventLoopPolicy(installed);
        assertThat(f.published.get()).isSameAs(installed);
        f.service("next", 100);
        f.registry.setEventLoopPolicy(null);
        assertThat(f.currentName()).isEqualTo("default");
    }

    @Test
    void confirming_whatIsNotThere_isRefused() {
        assertThatThrownBy(() -> f.admin.confirm("none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no policy 'none'; present: default");
        assertThat(f.directory.confirmed()).isEmpty();
    }

    @Test
    void confirming_endsAHoldDown() {
        f.registry.configure(new Settings(false, 1000, 100, new Caution(false, 1, 10_000, 60_000)));
        f.service("flappy", 100).unregister();
        f.service("flappy", 100);
        assertThat(f.currentName()).isEqualTo("default");
        assertThat(f.admin.confirm("flappy")).flatMap(PolicyChange::to).hasValue("flappy");
        f.time.pass(60_000);
        assertThat(f.currentName()).isEqualTo("flappy");
    }

    @Test
    void aConfiguration_isReadAndSaysWhatIsWrong() {
        Choice.Parsed parsed = Choice.of(Map.<String, Object>of(Choice.CONFIRMED, "a=1, b, c=max")::get);
        assertThat(parsed.choice().confirmed()).containsOnly(Map.entry("a", 1), Map.entry("c", Integer.MAX_VALUE));
        assertThat(parsed.problems()).singleElement().asString().startsWith(
                "configuration aio.policy: confirmed has 'b', expected NAME=RANKING");
        assertThat(parsed.choice().text()).isEqualTo("confirmed a=1, c=2147483647");
        assertThat(parsed.choice().confirmedEntries()).containsExactly("a=1", "c=2147483647");
    }
}
