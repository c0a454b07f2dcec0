package aio.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollRestTest {
    private final PollRest rest = new PollRest();

    private void pollAndRunCallbacks() {
        rest.polled();
        rest.callbacksBegin();
    }

    @Test
    void theFirstTurnAsks() {
        assertThat(rest.mayPassOver()).isFalse();
    }

    @Test
    void theTurnAfterIoAsks() {
        pollAndRunCallbacks();
        rest.ioHappened();
        assertThat(rest.mayPassOver()).isFalse();
    }

    @Test
    void theTurnAfterAPollThatBroughtSomethingAsks() {
        rest.polled();
        rest.ioHappened();
        rest.callbacksBegin();
        assertThat(rest.mayPassOver()).isFalse();
    }

    @Test
    void aQuietLoopAsksAfterAFewTurnsAgain() {
        pollAndRunCallbacks();
        int passedOver = 0;
        while (passedOver < 100 && rest.mayPassOver()) {
            passedOver++;
        }
        assertThat(passedOver).isBetween(1, 16);
        assertThat(rest.mayPassOver()).isFalse();
        pollAndRunCallbacks();
        assertThat(rest.mayPassOver()).isTrue();
    }

    @Test
    void callbacksThatAreSlowEndTheRestAtOnce() {
        pollAndRunCallbacks();
        long end = System.nanoTime() + 30_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(rest.mayPassOver()).isFalse();
    }
}
