package aio.core.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The ownership of a loop: one thread at a time has it, and sees what the one before has written. */
public final class OwnershipStress {
    private OwnershipStress() {}

    /** Its counter is neither volatile nor atomic: the ownership guards it. */
    abstract static class Owned {
        final Ownership ownership = new Ownership("stressed", failure -> {
            throw new AssertionError(failure);
        });
        int count;

        final boolean countIfIdle() {
            return ownership.ifIdle(() -> count++);
        }
    }

    /** Two threads claim it: both actions are done, one after the other, on whichever thread. */
    @JCStressTest
    @Outcome(id = "3, 2", expect = Expect.ACCEPTABLE, desc = "both")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, or at the same time")
    @State
    public static class TwoClaims extends Owned {
        private volatile int answers;

        @Actor
        public void first(II_Result result) {
            result.r1 = countIfIdle() ? 1 : 0;
        }

        @Actor
        public void second() {
            answers = countIfIdle() ? 2 : 0;
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 += answers;
            ownership.ifIdle(() -> result.r2 = count);
        }
    }

    /**
     * One thread runs the loop, one claims it: the claim is refused and nothing is done, or it is done before or after.
     */
    @JCStressTest
    @Outcome(id = {"1, 2", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "done, or refused")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, or at the same time")
    @State
    public static class RunAndClaim extends Owned {
        @Actor
        public void runs() {
            ownership.startRunning();
            count++;
            ownership.endRunning();
        }

        @Actor
        public void claims(II_Result result) {
            result.r1 = countIfIdle() ? 1 : 0;
        }

        @Arbiter
        public void count(II_Result result) {
            ownership.ifIdle(() -> result.r2 = count);
        }
    }
}
