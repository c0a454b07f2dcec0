package aio.core.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A loop that is about to sleep, and threads that schedule. */
public final class WakeUpStress {
    private WakeUpStress() {}

    /** The scheduling thread sees that the loop sleeps, or the loop sees what was scheduled. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "run, and woken if asleep")
    @Outcome(expect = Expect.FORBIDDEN, desc = "nobody woke the loop, or it ran another number of callbacks")
    @State
    public static class OneProducer {
        private final SpinningDriver driver = new SpinningDriver();
        private final Kernel kernel = SpinningDriver.kernelOn(driver);
        private int run;

        @Actor
        public void loop() {
            kernel.runForever();
        }

        @Actor
        public void producer() {
            kernel.executeSoon(() -> {
                run++;
                kernel.stop();
            });
            driver.everybodyReturned();
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = run;
            result.r2 = driver.isLost() ? 1 : 0;
        }
    }

    /** Twice in a row: one wake-up may be enough, and then it is enough for both. */
    @JCStressTest
    @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both run, and woken if asleep")
    @Outcome(expect = Expect.FORBIDDEN, desc = "nobody woke the loop, or it ran another number of callbacks")
    @State
    public static class Twice {
        private final SpinningDriver driver = new SpinningDriver();
        private final Kernel kernel = SpinningDriver.kernelOn(driver);
        private int run;

        @Actor
        public void loop() {
            kernel.runForever();
        }

        @Actor
        public void producer() {
            kernel.executeSoon(this::callback);
            kernel.executeSoon(this::callback);
            driver.everybodyReturned();
        }

        private void callback() {
            run++;
            if (run == 2) {
                kernel.stop();
            }
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = run;
            result.r2 = driver.isLost() ? 1 : 0;
        }
    }
}
