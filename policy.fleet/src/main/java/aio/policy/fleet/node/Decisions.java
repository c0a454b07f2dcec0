package aio.policy.fleet.node;

import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.State;
import aio.policy.fleet.store.FleetStore;
import aio.policy.fleet.store.Outdated;
import aio.policy.fleet.store.Versioned;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;

/** What an operator decides, on whatever node. Blocks for ZooKeeper. Any thread. */
final class Decisions {
    private static final int TRIES = 6;

    private final FleetStore store;
    private final Clock clock;

    Decisions(FleetStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Rollout decide(Decision decision) throws Exception {
        Map<String, Report> members = store.reports();
        Versioned read = store.read();
        State next = read.state().decide(decision, inTurn(members), done(members));
        try {
            store.write(read, next);
        } catch (Outdated e) {
            Rollout won = store.read().state().rollout().orElse(null);
            // a write whose reply was lost is done twice: the second one finds the first
            if (won == null || !won.decision().equals(decision)) {
                throw new IllegalStateException(won == null
                        ? "fleet: somebody else has decided meanwhile"
                        : "fleet: " + won.decision().who() + " was first with " + won.decision().target() + ", number "
                                + won.number() + " (" + won.stand() + "); nothing of yours was done", e);
            }
        }
        return next.rollout().orElseThrow();
    }

    /** By name; a node whose operator has pinned it comes last, since it would say nothing of the decision. */
    private static List<String> inTurn(Map<String, Report> members) {
        return members.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Report> each) -> each.getValue().localPin().isPresent())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns the largest number that a node has done: larger than what is decided after a backup was restored. */
    private static long done(Map<String, Report> members) {
        return members.values().stream()
                .mapToLong(Report::order)
                .filter(each -> each < FleetStore.HIGHEST) // somebody else writes there
                .max()
                .orElse(0);
    }

    Rollout awaitEnd(long number, CountDownLatch left, long lookNanos) throws Exception {
        Rollout over;
        try {
            State now = store.read().state();
            String origin = now.desired().origin();
            while (now.desired().origin().equals(origin) && goesOn(now, number)) {
                if (left.await(lookNanos, TimeUnit.NANOSECONDS)) {
                    throw new IllegalStateException("fleet: this node has left the fleet; the roll-out goes on");
                }
                now = store.read().state();
            }
            if (!now.desired().origin().equals(origin) || now.newest() < number) {
                throw deleted(number, /* cause= */ null); // numbers begin again: one of them may be the same
            }
            over = store.history().stream().filter(each -> each.number() == number).findFirst()
                    .orElseThrow(() -> new IllegalStateException("fleet: number " + number + " is over, and the history"
                            + " does not tell how any more, since it keeps the latest ones alone: fleet:status shows"
                            + " what holds now"));
        } catch (KeeperException.NoNodeException e) {
            throw deleted(number, e);
        }
        if (over.phase() != Phase.DONE) {
            throw new IllegalStateException("fleet: number " + number + ", " + over.decision().target() + ", is "
                    + over.stand() + ": " + over.reason());
        }
        return over;
    }

    private static boolean goesOn(State now, long number) {
        return now.rollout().filter(each -> each.number() == number && !each.phase().isOver()).isPresent();
    }

    private static IllegalStateException deleted(long number, @Nullable Throwable cause) {
        return new IllegalStateException("fleet: the state of the fleet was deleted in ZooKeeper while number " + number
                + " was under way, expected that nobody does that; nodes stay as they are: decide again", cause);
    }

    Rollout abort(String who) throws Exception {
        return change(state -> state.abort(who, clock.instant()));
    }

    Rollout pause(boolean pause) throws Exception {
        return change(state -> state.pause(pause));
    }

    /** Does what an operator wants to whatever the state is now: the coordinator may write in between. */
    private Rollout change(UnaryOperator<State> change) throws Exception {
        Versioned read = store.read();
        for (int tries = 1;; tries++) {
            State next = change.apply(read.state());
            try {
                store.write(read, next);
                return next.rollout().orElseThrow();
            } catch (Outdated e) {
                read = store.read();
                if (read.state().rollout().equals(next.rollout())) {
                    return next.rollout().orElseThrow(); // written twice, since a reply was lost: as above
                }
                if (tries > TRIES) {
                    throw new IllegalStateException("fleet: others keep writing, nothing was done: try again", e);
                }
            }
        }
    }
}
