package aio.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyState;
import java.util.List;

/**
 * No descriptor is left for the driver of a new policy: the policy is current, the loop keeps its driver, the reason is
 * told wherever it is asked for, and when there are descriptors again the loop follows. The same when the driver is
 * known to work.
 */
final class SwapScenario extends Scenario {
    private static final String ADVICE = "raise the limit (ulimit -n)";

    @Override
    void run() throws Exception {
        EventLoopPolicy first = EventLoops.getEventLoopPolicy();
        EventLoopPolicy second = new PolicyOn(other);
        PolicyDirectory registry = EventLoops.policyDirectory();
        try (Hoard hoard = new Hoard()) {
            hoard.takeAll();
            EventLoops.setEventLoopPolicy(second);
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(second);
            assertThat(loop.info().driver()).hasValue(driver.name());
            assertThat(registry.policies()).extracting(PolicyInfo::state).doesNotContain(PolicyState.REFUSED);
            assertThat(registry.current().orElseThrow().why().toString()).contains(ADVICE);
            assertThat(last(registry).toString()).contains(ADVICE);
            assertAlive();
        }
        follows(other.name());
        assertThat(registry.current().orElseThrow().why().toString()).doesNotContain(ADVICE);
        try (Hoard hoard = new Hoard()) {
            hoard.takeAll();
            EventLoops.setEventLoopPolicy(first);
            assertThat(loop.info().driver()).hasValue(other.name());
            assertThat(last(registry).toString()).contains(ADVICE);
            assertAlive();
        }
        follows(driver.name());
        assertThat(warnings()).as("one warning of each").hasSize(2).allMatch(each -> each.contains(ADVICE));
        assertThat(reports).isEmpty();
    }

    private void follows(String name) throws Exception {
        until("the loop follows", () -> loop.info().driver().orElse("").equals(name));
        assertAlive();
    }

    private static List<String> last(PolicyDirectory registry) {
        return registry.history().get(registry.history().size() - 1).stayed();
    }
}
