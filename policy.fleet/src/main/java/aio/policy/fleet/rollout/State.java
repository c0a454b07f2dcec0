package aio.policy.fleet.rollout;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * All that is decided in a fleet. Immutable.
 *
 * @param desired what holds for nodes that no roll-out has moved
 * @param rollout the roll-out that is under way, or the last one; empty if there was none
 */
public record State(Desired desired, Optional<Rollout> rollout) {

    /** Returns the roll-out that is under way. */
    public Optional<Rollout> underWay() {
        // one that is behind what is desired was ended by somebody whose other half is not seen yet
        return rollout.filter(each -> !each.phase().isOver() && each.number() > desired.number());
    }

    /** Returns what a node is to do. */
    public Order order(String node) {
        return underWay()
                .filter(each -> each.hasMoved(node))
                .map(each -> new Order(desired.origin(), each.number(), each.decision().policy(),
                        each.decision().who(), Optional.of(each.decision())))
                .orElseGet(() -> new Order(desired.origin(), desired.number(), desired.policy(), desired.who(),
                        Optional.empty()));
    }

    /**
     * Returns the state in which a roll-out begins.
     *
     * @param members those that are there, in the order in which they move
     * @param done the largest number that one of them has done, which the new one exceeds
     * @throws IllegalStateException if one is under way, or nobody is there
     */
    public State decide(Decision decision, Collection<String> members, long done) {
        underWay().ifPresent(other -> {
            throw new IllegalStateException("fleet: " + other.decision().target() + " is on its way, number "
                    + other.number() + " of " + other.decision().who() + " (" + other.stand()
                    + "): fleet:abort ends it");
        });
        if (members.isEmpty()) {
            throw new IllegalStateException("fleet: no node is there, expected one at least");
        }
        return new State(desired, Optional.of(Rollout.begin(Math.max(newest(), done) + 1, decision, members)));
    }

    /** Returns the largest number that is decided. */
    public long newest() {
        return Math.max(desired.number(), rollout.map(Rollout::number).orElse(0L));
    }

    /** Returns the state in which the roll-out has become {@code next}; if that is over, what is desired follows. */
    public State with(Rollout next, Instant now) {
        if (!next.phase().isOver()) {
            return new State(desired, Optional.of(next));
        }
        String who = next.decision().who();
        // going back is an order of its own: a node that has moved must see a larger number
        Desired then = next.phase() == Phase.DONE
                ? new Desired(desired.origin(), next.number(), next.decision().policy(), who, now)
                : new Desired(desired.origin(), next.number() + 1, desired.policy(), desired.who(), now);
        return new State(then, Optional.of(next));
    }

    /**
     * Returns the state in which an operator has ended the roll-out.
     *
     * @throws IllegalStateException if none is under way
     */
    public State abort(String who, Instant now) {
        return with(required().ended(Phase.ABORTED, who + " has ended it"), now);
    }

    /**
     * Returns the state in which no further wave begins, or the next one may begin.
     *
     * @throws IllegalStateException if no roll-out is under way
     */
    public State pause(boolean pause) {
        return new State(desired, Optional.of(required().withPause(pause)));
    }

    private Rollout required() {
        return underWay().orElseThrow(() -> new IllegalStateException("fleet: no roll-out is under way"));
    }
}
