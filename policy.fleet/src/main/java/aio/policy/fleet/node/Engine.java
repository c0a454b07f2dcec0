package aio.policy.fleet.node;

import aio.policy.fleet.rollout.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an agent needs of the node's policies and loops. Called on the agent's thread; may block for as long as loops
 * are waited for.
 */
public interface Engine {

    /** Returns what is pinned for the process; empty if nothing is. */
    Optional<String> pinned();

    /**
     * Pins what an order says, or removes the pin.
     *
     * @return how it began
     * @throws RuntimeException if the node refuses it; the message says why
     */
    Trial take(Order order);

    /** Pins {@code policy}, or removes the pin if it is empty, without a trial. */
    void pin(String policy, String who);

    /** Returns what became of the trial with which the last order was taken. */
    Trial trial();

    /** Tells whether a policy of that name is there, and not refused. */
    boolean works(String policy);

    /** Returns what is wrong with a policy that is pinned and not current. */
    String trouble(String policy);

    /** Returns what is seen of the node now. */
    Facts facts();

    /** What became of an order. */
    enum Verdict {
        /** The guard watches it. */
        WATCHED,
        /** It holds. */
        KEPT,
        /** The policy does not work here. */
        REFUSED,
        /** Something was wrong, and what held before holds again. */
        ROLLED_BACK,
        /** An operator has chosen something meanwhile. */
        OVERRULED
    }

    /**
     * A trial of the guard.
     *
     * @param verdict what became of it
     * @param why what is wrong, with figure and bundle; empty if nothing is
     */
    record Trial(Verdict verdict, String why) {}

    /**
     * What is seen of a node.
     *
     * @param policy the current one; empty if there is none
     * @param engine its driver
     * @param bundle its bundle
     * @param lag that 99 of 100 looks for I/O had lately on the slowest loop
     * @param errors the share of connections that failed lately
     * @param since when the policy became current
     */
    record Facts(String policy, String engine, String bundle, Duration lag, double errors, Instant since) {}
}
