package aio.core.kernel;

import aio.loop.LoopClosedException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Futures that several threads complete, ask and wait for. */
public final class FutureStress {
    private static final long PATIENCE_SECONDS = 120; // a busy machine holds threads up for seconds

    private FutureStress() {}

    abstract static class Pending {
        final Kernel kernel = SpinningDriver.kernelOn(new SpinningDriver());
        final CoreFuture<Value> future = new CoreFuture<>(kernel);

        /** Runs what the loop has ready. */
        final void runReady() {
            kernel.executeSoon(kernel::stop);
            kernel.runForever();
        }

        /** Waits for the result, and gives up much later than any thread must; -2 if told that the loop is closed. */
        final int waited() {
            try {
                return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS).number;
            } catch (LoopClosedException e) {
                return -2;
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                return -1;
            }
        }
    }

    /** Its field is neither final nor volatile: the future publishes it. */
    static final class Value {
        int number;

        Value(int number) {
            this.number = number;
        }
    }

    /** Of several threads that complete it, exactly one does. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "one of them")
    @Outcome(expect = Expect.FORBIDDEN, desc = "none or both")
    @State
    public static class CompletedOnce extends Pending {
        @Actor
        public void complete(II_Result result) {
            result.r1 = future.complete(new Value(1)) ? 1 : 0;
        }

        @Actor
        public void cancel(II_Result result) {
            result.r2 = future.cancel() ? 1 : 0;
        }
    }

    /** A thread that sees it done sees the whole result. */
    @JCStressTest
    @Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "not done yet")
    @Outcome(id = "42", expect = Expect.ACCEPTABLE, desc = "the result")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a result that is not there in full")
    @State
    public static class Published extends Pending {
        @Actor
        public void complete() {
            future.complete(new Value(42));
        }

        @Actor
        public void ask(I_Result result) {
            result.r1 = future.isDone() ? future.result().number : -1;
        }
    }

    /** Callbacks that are added while it is completed run once each, in their order. */
    @JCStressTest
    @Outcome(id = "AB", expect = Expect.ACCEPTABLE, desc = "once each, in order")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice or out of order")
    @State
    public static class Callbacks extends Pending {
        private final StringBuilder called = new StringBuilder();

        @Actor
        public void add() {
            future.addDoneCallback(done -> called.append('A'));
            future.addDoneCallback(done -> called.append('B'));
        }

        @Actor
        public void complete() {
            future.complete(null);
        }

        @Arbiter
        public void run(L_Result result) {
            runReady();
            result.r1 = called.toString();
        }
    }

    /** A thread that waits is woken. */
    @JCStressTest
    @Outcome(id = "42", expect = Expect.ACCEPTABLE, desc = "the result")
    @Outcome(expect = Expect.FORBIDDEN, desc = "waits on though it is done")
    @State
    public static class Waited extends Pending {
        @Actor
        public void complete() {
            future.complete(new Value(42));
        }

        @Actor
        public void await(I_Result result) {
            result.r1 = waited();
        }
    }

    /** A thread that waits while the loop is closed is woken, or sees that it is. */
    @JCStressTest
    @Outcome(id = "-2", expect = Expect.ACCEPTABLE, desc = "told that the loop is closed")
    @Outcome(expect = Expect.FORBIDDEN, desc = "waits on")
    @State
    public static class WaitedWhileClosed extends Pending {
        @Actor
        public void close() {
            kernel.close();
        }

        @Actor
        public void await(I_Result result) {
            result.r1 = waited();
        }
    }
}
