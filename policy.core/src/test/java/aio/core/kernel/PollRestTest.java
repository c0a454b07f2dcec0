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
        for (int i = 0; i < 2; i++) {
            int most = 0;
            for (int tries = 0; tries < 1_000 && most == 0; tries++) { // none, if this thread loses its core meanwhile
                most = passedOver();
            }
            assertThat(most).isBetween(1, 16);
            assertThat(rest.mayPassOver()).isFalse();
        }
    }

    private int passedOver() {
        pollAndRunCallbacks();
        int passedOver = 0;
        while (passedOver < 100 && rest.mayPassOver()) {
            passedOver++;
        }
        return passedOver;
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
