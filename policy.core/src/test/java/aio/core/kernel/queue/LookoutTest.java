package aio.core.kernel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LookoutTest {
    private final Lookout lookout = new Lookout();
    private final Inbox inbox = new Inbox();

    @BeforeEach
    void twoProcessors() {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "with one processor nobody looks out");
    }

    private int wakeupsUntilWorthwhile() {
        int wakeups = 0;
        while (!lookout.isWorthwhile()) {
            lookout.slept(true);
            wakeups++;
        }
        return wakeups;
    }

    @Test
    void aFewWakeUpsInARowMakeItWorthwhile() {
        assertThat(lookout.isWorthwhile()).isFalse();
        assertThat(wakeupsUntilWorthwhile()).isEqualTo(4);
    }

    @Test
    void aWakeUpByIoBeginsAnew() {
        lookout.slept(true);
        lookout.slept(true);
        lookout.slept(true);
        lookout.slept(false);
        assertThat(wakeupsUntilWorthwhile()).isEqualTo(4);
    }

    @Test
    void inVainItIsTriedLessAndLessOften() {
        wakeupsUntilWorthwhile();
        assertThat(lookout.sees(inbox, -1)).isFalse();
        assertThat(wakeupsUntilWorthwhile()).isEqualTo(8);
        assertThat(lookout.sees(inbox, 1_000)).isFalse();
        assertThat(wakeupsUntilWorthwhile()).isEqualTo(16);
    }

    @Test
    void aCallbackThatComesKeepsItWorthwhile() {
        wakeupsUntilWorthwhile();
        inbox.add("something");
        assertThat(lookout.sees(inbox, -1)).isTrue();
        assertThat(lookout.isWorthwhile()).isTrue();
    }
}
