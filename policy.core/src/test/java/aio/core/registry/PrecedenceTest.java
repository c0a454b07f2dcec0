package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.registry.Fixture.FakePolicy;
import aio.core.registry.Fixture.Service;
import aio.loop.BundleId;
import aio.policy.Installation;
import aio.policy.PolicyAbsence;
import aio.policy.PolicyChange;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class PrecedenceTest {
    private final Fixture f = new Fixture();

    @Test
    void highestRankingWins_theOldestAmongEquals() {
        Service low = f.service("low", 5);
        Service first = f.service("first", 100);
        f.service("second", 100);
        assertThat(f.currentName()).isEqualTo("first");
        first.unregister();
        assertThat(f.currentName()).isEqualTo("second");
        low.ranking(300);
        assertThat(f.currentName()).isEqualTo("low");
        assertThat(f.summaries()).containsExactly(
                "none -> low (rank 5, service arrived)",
                "low -> first (rank 100, service arrived)",
                "first -> second (service left)",
                "second -> low (ranking 5 -> 300)");
    }

    @Test
    void registerService_wasPublishedBeforeItReturned() {
        FakePolicy policy = new FakePolicy("p");
        Service service = f.service("p", 0, policy);
        assertThat(f.published.get()).isSameAs(policy);
        service.unregister();
        assertThat(f.published.get()).isNull();
        assertThat(service.gets).hasValue(1);
        assertThat(service.ungets).hasValue(1);
    }

    @Test
    void serviceThatIsNotChosen_isNotGotten() {
        f.service("high", 100);
        Service low = f.service("low", 5);
        assertThat(low.gets).hasValue(0);
        assertThat(f.summaries()).as("an arrival that changes nothing is no history").hasSize(1);
    }

    @Test
    void wrongTypedRanking_countsAsZeroAndIsExplained() {
        f.service("default", Integer.MIN_VALUE);
        f.service("text", "500");
        f.service("number", 1L);
        assertThat(f.currentName()).isEqualTo("text");
        assertThat(f.info("text").ranking()).isZero();
        assertThat(f.info("text").why()).anySatisfy(line -> assertThat(line)
                .contains("'500' of type String", "expected an Integer", "service.ranking:Integer=500"));
        assertThat(f.info("number").why()).anySatisfy(line -> assertThat(line).contains("'1' of type Long"));
    }

    @Test
    void pinBeatsCodeBeatsRanking() {
        f.service("default", Integer.MIN_VALUE);
        f.service("high", 100);
        FakePolicy mine = new FakePolicy("mine");
        f.registry.setEventLoopPolicy(mine);
        assertThat(f.registry.getEventLoopPolicy()).isSameAs(mine);
        PolicyChange pinned = f.admin.pin("default").orElseThrow();
        assertThat(pinned.summary()).contains(FakePolicy.class.getName() + " -> default (operator pinned it)");
        assertThat(pinned.who()).isEqualTo("operator");
        assertThat(f.currentName()).isEqualTo("default");
        f.service("higher", 1000);
        assertThat(f.currentName()).isEqualTo("default");
        assertThat(f.admin.unpin().orElseThrow().cause()).isEqualTo("operator removed the pin");
        assertThat(f.registry.getEventLoopPolicy()).isSameAs(mine);
        f.registry.setEventLoopPolicy(null);
        assertThat(f.currentName()).isEqualTo("higher");
    }

    @Test
    void pinWhosePolicyGoesAway_staysAndTakesHoldAgain() {
        f.service("default", Integer.MIN_VALUE);
        f.service("high", 100);
        Service low = f.service("low", 5);
        f.admin.pin("low");
        low.unregister();
        assertThat(f.currentName()).isEqualTo("high");
        assertThat(f.directory.pinned()).contains("low");
        assertThat(f.info("high").why()).anySatisfy(line -> assertThat(line).contains("the pin 'low' takes hold"));
        f.service("low", 5);
        assertThat(f.currentName()).isEqualTo("low");
        assertThat(f.info("low").pinned()).isTrue();
    }

    @Test
    void pinOfCurrent_isNoChange() {
        f.service("default", 0);
        assertThat(f.admin.pin("default")).isEmpty();
        assertThat(f.admin.unpin()).isEmpty();
    }

    @Test
    void pinOfOneOfTwoNamesakes_goesByServiceId() {
        f.service("twin", 10);
        Service second = f.service("twin", 5);
        f.admin.pin("twin#" + second.id);
        assertThat(f.directory.current().orElseThrow().serviceId()).hasValue(second.id);
    }

    @Test
    void pinOfUnknownName_saysWhatIsThereAndWhatToStart() {
        f.service("default", 0);
        f.absent.add(Absent.notStarted("winselector", new BundleId("aio.policy.winselector", 12), null));
        assertThatThrownBy(() -> f.admin.pin("winselector"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no policy 'winselector'; present: default."
                        + " Bundle aio.policy.winselector [12] is installed, not started: start 12");
        assertThat(f.directory.pinned()).isEmpty();
        assertThat(f.directory.absent()).singleElement().satisfies(absent -> {
            assertThat(absent.name()).isEqualTo("winselector");
            assertThat(absent.absence()).isEqualTo(PolicyAbsence.NOT_STARTED);
            assertThat(absent.advice())
                    .isEqualTo("Bundle aio.policy.winselector [12] is installed, not started: start 12");
        });
    }

    @Test
    void bundleThatCannotBeStarted_isNoAdviceToStartIt() {
        f.service("default", 0);
        f.absent.add(Absent.notStarted("uring", new BundleId("aio.policy.uring", 18), "it requires more"));
        assertThat(f.directory.absent()).singleElement().satisfies(absent -> assertThat(absent.advice())
                .isEqualTo("Bundle aio.policy.uring [18] is installed, and cannot be started: it requires more"));
    }

    @Test
    void noPolicy_saysWhatToStart() {
        f.absent.add(Absent.notStarted("default", new BundleId("aio.policy.default", 9), null));
        assertThatThrownBy(f.registry::getEventLoopPolicy)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no event loop policy")
                .hasMessageContaining("aio.policy.default [9] is installed, not started: start 9");
    }

    @Test
    void installNull_isRefused() {
        assertThatThrownBy(() -> f.registry.install(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("setEventLoopPolicy(null)");
    }

    @Test
    void installations_closeInAnyOrder() {
        f.service("default", 0);
        FakePolicy p = new FakePolicy("p");
        FakePolicy q = new FakePolicy("q");
        Installation outer = f.registry.install(p);
        Installation inner = f.registry.install(q);
        inner.close();
        assertThat(f.registry.getEventLoopPolicy()).isSameAs(p);
        inner.close();
        Installation again = f.registry.install(q);
        outer.close();
        assertThat(f.registry.getEventLoopPolicy()).isSameAs(q);
        again.close();
        assertThat(f.currentName()).isEqualTo("default");
    }

    @Test
    void installationThatWasReplaced_closesWithoutEffect() {
        f.service("default", 0);
        FakePolicy q = new FakePolicy("q");
        Installation p = f.registry.install(new FakePolicy("p"));
        f.registry.setEventLoopPolicy(q);
        p.close();
        assertThat(f.registry.getEventLoopPolicy()).isSameAs(q);
    }

    @Test
    void installingTheChosenOne_dropsTheInstallation() {
        Service service = f.service("default", 0);
        var before = f.registry.getEventLoopPolicy();
        f.registry.setEventLoopPolicy(new FakePolicy("p"));
        f.registry.setEventLoopPolicy(before);
        f.service("high", 100);
        assertThat(f.currentName()).as("nothing is installed, so the ranking decides").isEqualTo("high");
        assertThat(service.gets).hasValue(1);
    }

    @Test
    void savingAndRestoring_ofAnInstallationOfAnother() {
        f.service("default", 0);
        FakePolicy p = new FakePolicy("p");
        Installation installed = f.registry.install(p);
        var saved = f.registry.getEventLoopPolicy();
        f.registry.setEventLoopPolicy(new FakePolicy("q"));
        f.registry.setEventLoopPolicy(saved);
        assertThat(f.registry.getEventLoopPolicy()).isSameAs(p);
        installed.close();
        assertThat(f.currentName()).isEqualTo("default");
    }

    @Test
    void stoppedBundle_losesWhatItInstalled() {
        f.service("default", 0);
        Owner a = new Owner(20, "user.a");
        Owner b = new Owner(21, "user.b");
        FakePolicy p = new FakePolicy("p");
        f.owners.caller = a;
        f.registry.setEventLoopPolicy(p);
        f.owners.caller = b;
        f.registry.setEventLoopPolicy(new FakePolicy("q"));
        f.registry.stopping(b);
        assertThat(f.registry.getEventLoopPolicy()).isSameAs(p);
        f.registry.stopping(a);
        assertThat(f.currentName()).isEqualTo("default");
        PolicyChange last = f.directory.history().get(f.directory.history().size() - 1);
        assertThat(last.cause()).isEqualTo("bundle 20 stopped");
        assertThat(last.who()).isEqualTo("user.a [20]");
    }

    @Test
    void stoppedBundle_losesPoliciesOfItsClassesThatOthersInstalled() {
        f.service("default", 0);
        f.owners.classes.put(FakePolicy.class, new Owner(30, "lib"));
        f.owners.caller = new Owner(20, "user");
        f.registry.setEventLoopPolicy(new FakePolicy("p"));
        f.registry.stopping(new Owner(30, "lib"));
        assertThat(f.currentName()).isEqualTo("default");
    }

    @Test
    void configuredPin_isTakenWithoutItsPolicy() {
        f.service("default", 0);
        f.registry.configureChoice(Choice.of("late", null).choice());
        assertThat(f.currentName()).isEqualTo("default");
        f.service("late", -5);
        assertThat(f.currentName()).isEqualTo("late");
        f.registry.configureChoice(Choice.NONE);
        assertThat(f.summaries()).last().isEqualTo("late -> default (configuration)");
    }

    @Test
    void configuredPin_whosePolicyIsNotThere_isToldOnce_butNotBeforeAnyPolicyIs() {
        List<String> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel() == Level.WARNING) {
                    told.add(entry.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("aio.policy");
        logger.addHandler(handler);
        try {
            f.registry.configureChoice(Choice.of("early", null).choice());
            f.service("default", 0);
            assertThat(told).isEmpty();
            f.registry.configureChoice(Choice.of("late", null).choice());
            f.registry.configureChoice(Choice.of("late", new String[] {"default=3"}).choice());
            f.registry.configureChoice(Choice.of("default", null).choice());
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(told).containsExactly("policy: the pin of the configuration waits, and rankings and code"
                + " decide: no policy 'late'; present: default");
    }

    @Test
    void policies_areInTheOrderOfPrecedence() {
        f.service("default", Integer.MIN_VALUE);
        f.service("high", 100);
        f.registry.setEventLoopPolicy(new FakePolicy("p"));
        f.admin.pin("default");
        assertThat(f.directory.policies()).extracting(info -> info.source() + " " + info.state())
                .containsExactly("service current", "code standby", "service standby");
        assertThat(f.info("high").why()).anySatisfy(line -> assertThat(line).contains("policy:auto"));
    }
}
