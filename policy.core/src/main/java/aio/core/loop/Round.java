package aio.core.loop;

import aio.core.kernel.Outcome;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One generation of what is wanted on its way through the loops that have something to do for it. One thread. */
public interface Round {

    /**
     * A loop that has outlasted the wait; its exchange continues in the background.
     *
     * @param why what holds it up, as reported among what stayed
     * @param outcome what its exchange did, when it has come to the generation; completed on the thread that brings it
     *     there
     */
    record Late(String why, CompletionStage<Outcome> outcome) {}

    /**
     * Lets the loops go, and waits until they are there: at most so long, and not at all on the thread of a loop. No
     * lock must be held: drivers are called.
     */
    Outcome await(long maxWaitNanos);

    /** Returns the loops that were not there in time. */
    List<Late> late();
}
