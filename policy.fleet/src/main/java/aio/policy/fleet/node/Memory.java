package aio.policy.fleet.node;

import aio.policy.fleet.rollout.Answer;

/**
 * What a node must still know after a restart, so that it does no order twice. Immutable.
 *
 * @param origin the fleet of the orders
 * @param number the last order that was settled; 0 if none was
 * @param policy what the fleet has pinned here; empty if nothing
 * @param answer what became of that order
 * @param why what was wrong with it
 * @param intent what an order that is not settled is about to pin, or {@code policy}
 */
record Memory(String origin, long number, String policy, Answer answer, String why, String intent) {

    /** Returns that of a node that has never been in a fleet. */
    static Memory none() {
        return new Memory("", 0, "", Answer.NONE, "", "");
    }

    /**
     * Returns the memory of a node that is in another fleet now; what it has pinned, or was about to, is
     * still the fleet's.
     */
    Memory in(String newOrigin) {
        return new Memory(newOrigin, 0, policy, Answer.NONE, "", intent);
    }

    Memory intending(String next) {
        return new Memory(origin, number, policy, answer, why, next);
    }

    Memory settled(long order, String pinned, Answer result, String reason) {
        return new Memory(origin, order, pinned, result, reason, pinned);
    }

    /** Tells whether a pin is that of the fleet, or the one from before an order that is not settled. */
    boolean knows(String pinned) {
        return pinned.equals(policy) || pinned.equals(intent);
    }
}
