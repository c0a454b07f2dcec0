package aio.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollRestTest {
    private final PollRest rest = new PollRest();

    @Test
    void theFirstTurnAsks() {
        assertThat(rest.mayPassOver()).isFalse();
    }

    @Test
    void theTurnAfterIoAsks() {
        rest.polled();
        rest.ioHappened();
        assertThat(rest.mayPassOver()).isFalse();
    }

    @Test
    void aQuietLoopAsksAfterAFewTurnsAgain() {
        rest.polled();
        int passedOver = 0;
        while (rest.mayPassOver()) {
            passedOver++;
        }
        assertThat(passedOver).isBetween(1, 16);
        rest.polled();
        assertThat(rest.mayPassOver()).isTrue();
    }

    @Test
    void aSlowTurnEndsTheRest() {
        rest.polled();
        assertThat(rest.mayPassOver()).isTrue();
        long end = System.nanoTime() + 30_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(rest.mayPassOver()).isFalse();
    }
}
