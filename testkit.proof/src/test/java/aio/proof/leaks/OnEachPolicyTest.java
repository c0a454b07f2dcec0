package aio.proof.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import aio.testkit.junit.TestOnAllPolicies;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** That a test runs on each policy, and says so. */
@Timeout(30)
class OnEachPolicyTest {

    @Test
    void eachPolicy_isInADisplayName() {
        Set<String> names = new TreeSet<>();
        EventLoopPolicy before = EventLoops.getEventLoopPolicy();
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(OnEach.class)).execute().testEvents().finished()
                .stream().map(Event::getTestDescriptor).forEach(test -> names.add(test.getDisplayName()));
        assertThat(names).contains("on default", "on winproactor", "on winselector");
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(before);
    }

    /** Run by the test above. */
    static class OnEach {
        @TestOnAllPolicies
        void onEach(EventLoop loop) {
            assertThat(loop.isClosed()).isFalse();
        }
    }
}
