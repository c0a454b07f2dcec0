package aio.core.loop;

import aio.core.kernel.Outcome;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One generation on its way through the loops that have something to do for it. One thread. */
public interface Round {

    /**
     * A loop that has outlasted the wait; its exchange continues in the background.
     *
     * @param why what holds the loop up, as reported among what stayed
     * @param outcome the result of its exchange, when it has come to the generation; completed on the thread that
     *     brings it there
     */
    record Late(String why, CompletionStage<Outcome> outcome) {}

    /**
     * Lets the loops go, and waits until they have come to the generation: a limited time, and not at all on the thread
     * of a loop. The caller must hold no lock: drivers are called.
     */
    Outcome await(long maxWaitNanos);

    /** Returns the loops that did not come in time. */
    List<Late> late();
}
