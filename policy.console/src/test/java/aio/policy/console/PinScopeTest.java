package aio.policy.console;

import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.PolicyScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How pins for some loops are shown. */
@Timeout(30)
class PinScopeTest {
    private final FakeRegistry fake = new FakeRegistry();

    @Test
    void scopes_haveAColumn_ifThereAreAny() {
        fake.policies.add(Samples.current());
        assertThat(Tables.policies(fake.policies).toString()).doesNotContain("SCOPES");
        fake.policies.add(Samples.scoped("scoped", PolicyScope.loop("edge"), PolicyScope.bundle(3)));
        assertThat(Tables.policies(fake.policies).get(0)).endsWith("SCOPES");
        assertThat(Tables.policies(fake.policies).get(2)).endsWith("loop:edge, bundle:3");
    }

    @Test
    void aPinWithoutEffect_isTold_withWhatRemovesIt() {
        fake.pins.put(PolicyScope.loop("edge"), "gone");
        fake.pins.put(PolicyScope.process(), "default");
        assertThat(PinScope.withoutEffect(fake.directory())).containsExactly("  pinned for loop:edge: 'gone', which is"
                + " not there or does not work; policy:auto --loop edge removes the pin");
        fake.policies.add(Samples.scoped("gone", PolicyScope.loop("edge")));
        assertThat(PinScope.withoutEffect(fake.directory())).isEmpty();
    }

    @Test
    void aChangeOfAScope_saysForWhichLoops_andThatOthersFollowTheProcess() {
        assertThat(Tables.changes(List.of(new Samples.Change(2, PolicyScope.loop("edge"), "none", "other"))).toString())
                .contains("process  other", "for loop:edge alone");
    }
}
