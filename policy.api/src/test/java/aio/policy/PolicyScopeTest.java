package aio.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PolicyScopeTest {

    @Test
    void text_isReadAsItWasWritten() {
        for (PolicyScope scope : List.of(PolicyScope.process(), PolicyScope.loop("edge"), PolicyScope.loop("a=b:c"),
                PolicyScope.loop("process"), PolicyScope.bundle(0), PolicyScope.bundle(Long.MAX_VALUE),
                PolicyScope.canary("50%"))) {
            assertThat(PolicyScope.of(scope.toString())).isEqualTo(scope).hasSameHashCodeAs(scope);
        }
        assertThat(PolicyScope.loop("edge")).hasToString("loop:edge");
        assertThat(PolicyScope.bundle(7)).hasToString("bundle:7").isNotEqualTo(PolicyScope.loop("7"));
        assertThat(PolicyScope.process()).hasToString("process").isNotEqualTo(PolicyScope.loop("process"));
    }

    @Test
    void text_thatIsNoScope_isRefused() {
        for (String text : List.of("", "loop", "loop:", "bundle:x", "bundle:-1", "Loop:a", "process:a", "bundle:",
                "bundle:9999999999999999999")) {
            assertThatIllegalArgumentException().isThrownBy(() -> PolicyScope.of(text))
                    .withMessageStartingWith("scope is '" + text + "', expected process, loop:NAME, or bundle:ID");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> PolicyScope.bundle(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> PolicyScope.loop(""));
    }

    @Test
    void order_isThatInWhichScopesCount() {
        List<PolicyScope> inOrder = List.of(PolicyScope.canary("50%"), PolicyScope.loop("a"), PolicyScope.loop("b"),
                PolicyScope.bundle(3), PolicyScope.bundle(20), PolicyScope.process());
        assertThat(inOrder).isSorted();
    }

    @Test
    void parts_areThoseOfItsKind() {
        assertThat(PolicyScope.loop("a").loopName()).contains("a");
        assertThat(PolicyScope.loop("a").bundleId()).isEmpty();
        assertThat(PolicyScope.bundle(3).bundleId()).hasValue(3);
        assertThat(PolicyScope.bundle(3).loopName()).isEmpty();
        assertThat(PolicyScope.canary("x").loopName()).isEmpty();
        assertThat(PolicyScope.process().isProcess()).isTrue();
        assertThat(PolicyScope.bundle(3).isProcess()).isFalse();
        assertThat(PolicyScope.loop("a").kind()).hasToString("loop");
        assertThat(PinOptions.defaults().withScope(PolicyScope.bundle(3)).scope()).isEqualTo(PolicyScope.bundle(3));
        assertThat(PinOptions.defaults().scope()).isEqualTo(PolicyScope.process());
    }
}
