package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.PolicyState;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A driver cannot be probed since the process has too little of something: nobody is refused for that. */
@Timeout(30)
class ShortageTest {
    private final Fixture f = new Fixture();

    @Test
    void thePolicyIsCurrent_theLoopsStay_andFollowWhenItIsOver() {
        f.service("default", 0);
        f.wanting.add("next");
        f.service("next", 100);
        assertThat(f.currentName()).isEqualTo("next");
        assertThat(f.info("next").state()).isEqualTo(PolicyState.CURRENT);
        assertThat(f.info("next").why()).last().asString().contains("no thread", "it is tried again");
        assertThat(f.directory.history().get(1).stayed()).singleElement().asString()
                .contains("no thread", "follow later");
        assertThat(f.followers.calls).last().isEqualTo("want default");
        f.wanting.clear();
        until(() -> f.followers.calls.get(f.followers.calls.size() - 1).equals("want next"));
        until(() -> f.info("next").why().stream().noneMatch(line -> line.contains("no thread")));
        assertThat(f.directory.history()).hasSize(2);
    }

    @Test
    void aDriverThatTurnsOutToBeBroken_isRefusedThen() {
        f.service("default", 0);
        f.wanting.add("next");
        f.service("next", 100);
        f.problems.put("next", "no ring");
        f.wanting.clear();
        until(() -> f.currentName().equals("default"));
        assertThat(f.info("next").why()).anySatisfy(line -> assertThat(line).contains("refused", "no ring"));
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
