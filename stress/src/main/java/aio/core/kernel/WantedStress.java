package aio.core.kernel;

import aio.core.kernel.wanted.Wanted;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Another driver is wanted while the loop begins to run, sleeps or ends: the loop goes there, and never sleeps on a
 * driver that is no longer wanted.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "on the wanted driver, and woken if asleep")
@Outcome(expect = Expect.FORBIDDEN, desc = "not there, or nobody woke the loop")
@State
public class WantedStress {
    private final SpinningDriver before = new SpinningDriver();
    private final SpinningDriver after = new SpinningDriver();
    private final Wants wants = new Wants();
    private final Kernel kernel = SpinningDriver.kernelOn(before, wants);

    @Actor
    public void loop() {
        kernel.runForever();
    }

    @Actor
    public void publisher() {
        Wanted next = wants.current().next(
                List.of(Wanted.Rule.everyLoop(after)), List.of(), List.of(after), List.of(before));
        var reached = kernel.migration().whenReached(next);
        wants.publish(next);
        if (!kernel.nudge()) {
            kernel.migrateIfIdle();
        }
        reached.whenComplete((outcome, failure) -> kernel.executeSoon(kernel::stop));
        before.everybodyReturned();
        after.everybodyReturned();
    }

    @Arbiter
    public void where(II_Result result) {
        result.r1 = kernel.seat().factory() == after ? 1 : 0;
        result.r2 = before.isLost() || after.isLost() ? 1 : 0;
    }
}
