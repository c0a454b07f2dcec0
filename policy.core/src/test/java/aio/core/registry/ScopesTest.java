package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.registry.Fixture.FakePolicy;
import aio.core.registry.Fixture.ForeignPolicy;
import aio.core.registry.Fixture.Service;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.policy.ChangeReason;
import aio.policy.PinOptions;
import aio.policy.PolicyChange;
import aio.policy.PolicyScope;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Policies that are pinned for some loops only: what is published for them, and what is told. */
@Timeout(30)
class ScopesTest {
    private static final PolicyScope BUNDLE = PolicyScope.bundle(7);

    private final Fixture f = new Fixture();

    private PolicyChange pin(String name, PolicyScope scope) {
        return f.admin.pin(name, PinOptions.defaults().withScope(scope)).orElseThrow();
    }

    private static Choice scoped(Map<PolicyScope, String> pins) {
        return new Choice(null, Map.of(), Map.of(), pins);
    }

    private void twoPolicies() {
        f.owners.bundles.put(7L, new Owner(7, "user"));
        f.service("default", 0);
        f.service("other", -1);
        f.followers.calls.clear();
    }

    private String lastCall() {
        return f.followers.calls.get(f.followers.calls.size() - 1);
    }

    @Test
    void pinOfAScope_isPublishedForItsLoops_andTheProcessStays() {
        twoPolicies();
        PolicyChange change = pin("other", BUNDLE);
        assertThat(lastCall()).isEqualTo("want default, bundle:7 other");
        assertThat(f.currentName()).isEqualTo("default");
        assertThat(change.scope()).isEqualTo(BUNDLE);
        assertThat(change.from()).isEmpty();
        assertThat(change.to()).contains("other");
        assertThat(change.reason()).isEqualTo(ChangeReason.PINNED);
        assertThat(change.summary()).startsWith("bundle:7: process -> other (operator pinned it); 0 loops");
        assertThat(f.directory.history()).last().isEqualTo(change);
        assertThat(f.directory.pins()).isEqualTo(Map.of(BUNDLE, "other"));
        assertThat(f.directory.pinned()).isEmpty();
        assertThat(f.info("other").scopes()).containsExactly(BUNDLE);
        assertThat(f.info("other").why()).contains(
                "has bundle:7: the operator pinned it there; policy:auto --bundle 7 removes the pin");
        assertThat(f.info("default").scopes()).isEmpty();
    }

    @Test
    void unpinOfAScope_letsItsLoopsGoWhereOthersDo() {
        twoPolicies();
        pin("other", BUNDLE);
        PolicyChange change = f.admin.unpin(BUNDLE).orElseThrow();
        assertThat(lastCall()).isEqualTo("want default");
        assertThat(change.summary()).startsWith("bundle:7: other -> process (operator removed the pin)");
        assertThat(f.directory.pins()).isEmpty();
        assertThat(f.admin.unpin(BUNDLE)).as("nothing changes by it").isEmpty();
    }

    @Test
    void pinOfTheProcess_isAlsoOneOfItsScopes() {
        twoPolicies();
        assertThat(pin("other", PolicyScope.process()).scope()).isEqualTo(PolicyScope.process());
        pin("default", BUNDLE);
        assertThat(lastCall()).isEqualTo("want other, bundle:7 default");
        assertThat(f.directory.pins().keySet()).containsExactly(BUNDLE, PolicyScope.process());
        f.admin.unpin(PolicyScope.process());
        assertThat(f.directory.pins().keySet()).containsExactly(BUNDLE);
    }

    @Test
    void aLoopsPin_countsBeforeItsBundles_andACanaryBeforeBoth() {
        twoPolicies();
        f.registry.configureChoice(scoped(Map.of(BUNDLE, "other", PolicyScope.loop("edge"), "default")));
        assertThat(lastCall()).isEqualTo("want default, loop:edge default, bundle:7 other");
        CanaryRule rule = new CanaryRule(loop -> true, "other", "every loop");
        PolicyChange tried = f.administration.tryOn(rule, rule.scope(), cause()).orElseThrow();
        assertThat(lastCall()).isEqualTo("want default, " + rule + " other, loop:edge default, bundle:7 other");
        assertThat(tried.summary()).startsWith("canary:every loop: process -> other (tried)");
        PolicyChange ended = f.administration.tryOn(null, rule.scope(), cause()).orElseThrow();
        assertThat(lastCall()).isEqualTo("want default, loop:edge default, bundle:7 other");
        assertThat(ended.summary()).startsWith("canary:every loop: other -> process (tried)");
        assertThat(f.registry.directory().pins()).as("a canary is no pin").hasSize(2);
    }

    private static Cause cause() {
        return Cause.byOperator(ChangeReason.PINNED, "tried");
    }

    @Test
    void aCanaryOfOtherLoops_isPublished_thoughItsPolicyIsTheSame() {
        twoPolicies();
        CanaryRule first = new CanaryRule(loop -> true, "other", "half");
        CanaryRule second = new CanaryRule(loop -> false, "other", "half");
        f.administration.tryOn(first, first.scope(), cause());
        assertThat(f.administration.tryOn(second, second.scope(), cause())).isEmpty();
        assertThat(lastCall()).isEqualTo("want default, " + second + " other");
    }

    @Test
    void aScopeWhosePolicyIsNotThere_hasNoEffect_andTakesHoldWhenItComes() {
        f.service("default", 0);
        f.registry.configureChoice(scoped(Map.of(BUNDLE, "late")));
        assertThat(lastCall()).isEqualTo("want default");
        Service late = f.service("late", -5);
        assertThat(lastCall()).isEqualTo("want default, bundle:7 late");
        assertThat(f.summaries()).last().isEqualTo("bundle:7: process -> late (rank -5, service arrived)");
        late.unregister();
        assertThat(lastCall()).isEqualTo("want default, without late");
        assertThat(f.summaries()).last().isEqualTo("bundle:7: late -> process (service left)");
        assertThat(f.directory.pins()).as("it is kept").containsEntry(BUNDLE, "late");
        assertThat(late.ungets).hasValue(1);
    }

    @Test
    void aPolicyThatIsCurrentAndOfAScope_leavesBoth_inTwoEntriesOfOneDecision() {
        f.owners.bundles.put(7L, new Owner(7, "user"));
        f.service("default", 0);
        Service high = f.service("high", 100);
        pin("high", BUNDLE);
        high.unregister();
        assertThat(f.summaries()).endsWith("high -> default (service left)",
                "bundle:7: high -> process (service left)");
        assertThat(f.directory.history()).extracting(PolicyChange::number).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aDriverThatFailsItsProbe_isPublishedForNoScope() {
        twoPolicies();
        f.problems.put("other", "planted failure");
        PolicyChange change = pin("other", BUNDLE);
        assertThat(f.followers.calls).doesNotContain("want default, bundle:7 other");
        assertThat(change.stayed()).anySatisfy(text -> assertThat(text).contains("planted failure"));
        assertThat(f.summaries()).endsWith("bundle:7: process -> other (operator pinned it)",
                "bundle:7: other -> process (policy 'other' is refused)");
        assertThat(f.info("other").state()).hasToString("refused");
        assertThat(f.directory.pins()).as("it is kept").containsEntry(BUNDLE, "other");
    }

    @Test
    void aPolicyWithoutDriver_leavesTheLoopsOfAScopeWhereOthersAre() {
        f.owners.bundles.put(7L, new Owner(7, "user"));
        f.service("default", 0);
        f.service("foreign", -1, new ForeignPolicy());
        pin("foreign", BUNDLE);
        assertThat(lastCall()).isEqualTo("want default");
    }

    @Test
    void aScopeEndsWithItsBundle() {
        twoPolicies();
        pin("other", BUNDLE);
        f.registry.uninstalled(new Owner(8, "stranger"));
        assertThat(f.directory.pins()).hasSize(1);
        f.registry.uninstalled(new Owner(7, "user"));
        assertThat(f.directory.pins()).isEmpty();
        PolicyChange last = f.directory.history().get(f.directory.history().size() - 1);
        assertThat(last.reason()).isEqualTo(ChangeReason.BUNDLE_UNINSTALLED);
        assertThat(last.who()).isEqualTo("user [7]");
        assertThat(last.to()).isEqualTo(Optional.empty());
        assertThat(lastCall()).isEqualTo("want default");
    }

    @Test
    void whatIsNotThere_cannotBePinned_andIsNamed() {
        twoPolicies();
        assertThatIllegalArgumentException().isThrownBy(() -> pin("other", PolicyScope.loop("edge")))
                .withMessage("no loop 'edge'; open: none");
        assertThatIllegalArgumentException().isThrownBy(() -> pin("other", PolicyScope.bundle(9)))
                .withMessageStartingWith("no bundle 9 is installed");
        assertThatIllegalArgumentException().isThrownBy(() -> pin("nobody", BUNDLE))
                .withMessageContaining("no policy 'nobody'; present: default, other");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PinOptions.defaults().withScope(PolicyScope.canary("50%")));
        assertThat(f.directory.pins()).isEmpty();
        assertThat(f.directory.history()).hasSize(1);
    }

    @Test
    void loopsOfACall_areMadeOnTheDriverOfItsPolicy_onItsThreadAlone_andDoNotFollow() throws Exception {
        FakePolicy chosen = new FakePolicy("chosen");
        FakePolicy inner = new FakePolicy("inner");
        IoDriverFactory standard = new FakePolicy("standard").driver;
        CoreLoopFactory factory = new CoreLoopFactory(f.followers, f.registry, () -> {
            throw new IllegalStateException("no watcher is asked for");
        });
        EventLoop made = f.registry.with(chosen, () -> {
            f.registry.with(inner, () -> factory.newLoop(standard, LoopOptions.defaults()));
            Thread other = new Thread(() -> factory.newLoop(standard, LoopOptions.defaults()));
            other.start();
            other.join();
            return factory.newLoop(standard, LoopOptions.defaults());
        });
        factory.newLoop(standard, LoopOptions.defaults());
        assertThat(made).isNotNull();
        assertThat(f.followers.made)
                .containsExactly("inner alone", "standard follows", "chosen alone", "standard follows");
    }

    @Test
    void aCallThatFails_failsForItsCaller_andLeavesNothingOnTheThread() {
        IOException failure = new IOException("planted failure");
        assertThatThrownBy(() -> f.registry.with(new FakePolicy("chosen"), () -> {
            throw failure;
        })).isSameAs(failure);
        assertThat(f.registry.driverOfCall()).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> f.registry.with(new ForeignPolicy(), () -> "never"))
                .withMessageContaining("brings no driver");
    }

    @Test
    void configuration_hasTheScopes_whateverNamesAreLike() {
        for (String name : List.of("edge", "a=b", "back\\slash", "\\=", "x,y", "loop:z", "ü 你")) {
            Choice choice = new Choice("p", Map.of("q", 1), Map.of("c", 2),
                    Map.of(PolicyScope.loop(name), name, BUNDLE, "r"));
            Choice read = Choice.of(choice.properties()::get).choice();
            assertThat(read).as(name).isEqualTo(choice);
        }
        Choice.Parsed parsed = Choice.of(Map.<String, Object>of(
                Choice.SCOPES, "loop:edge = other, bundle:-1=x, process=y, loop:a, bundle:7=z")::get);
        assertThat(parsed.choice().scopes())
                .isEqualTo(Map.of(PolicyScope.loop("edge"), "other", BUNDLE, "z"));
        assertThat(parsed.problems()).hasSize(3).first().asString().startsWith("configuration aio.policy: scopes has"
                + " 'bundle:-1=x', expected loop:NAME=POLICY or bundle:ID=POLICY; it is left out");
        assertThat(scoped(Map.of(BUNDLE, "r")).text()).isEqualTo("the scopes bundle:7=r");
        assertThat(Choice.NONE.properties().values()).containsOnlyNulls();
    }
}
