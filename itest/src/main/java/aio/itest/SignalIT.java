package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.Feature;
import aio.process.ProcessSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** Frameworks let the core see the classes by which it catches signals. */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill")
class SignalIT {

    @Test
    void aLoop_handlesARealSignal() throws Exception {
        try (LoopThread running = LoopThread.start()) {
            assertThat(running.loop().supports(Feature.SIGNALS)).isTrue();
            CountDownLatch called = new CountDownLatch(1);
            running.loop().addSignalHandler(ProcessSignal.WINCH, called::countDown);
            String kill = "kill -WINCH " + ProcessHandle.current().pid();
            assertThat(new ProcessBuilder("/bin/sh", "-c", kill).start().waitFor()).isZero();

            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(running.loop().removeSignalHandler(ProcessSignal.WINCH)).isTrue();
        }
    }
}
