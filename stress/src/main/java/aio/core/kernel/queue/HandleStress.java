package aio.core.kernel.queue;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A callback that runs while another thread cancels it: it has run in full, or not at all. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "cancelled before it ran")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "ran, and cancel has waited for its end")
@Outcome(expect = Expect.FORBIDDEN, desc = "ran after it was cancelled, or after cancel has returned")
@State
public class HandleStress {
    private volatile int started;
    private volatile int ended;
    private final ThreadsafeHandle handle = new ThreadsafeHandle(() -> {
        started = 1;
        ended = 1;
    });

    @Actor
    public void loop() {
        if (handle.begin()) {
            handle.callback().run();
            handle.end();
        }
    }

    @Actor
    public void canceller(III_Result result) {
        handle.cancel();
        result.r1 = started;
        result.r2 = ended;
    }

    @Arbiter
    public void after(III_Result result) {
        if (started != result.r1 || ended != result.r2) {
            result.r1 = -1;
        }
        result.r3 = handle.cancelled() ? 1 : 0;
    }
}
