package aio.policy.fleet.node;

import aio.policy.console.log.SafeLog;
import aio.policy.console.text.Plain;
import aio.policy.fleet.node.Engine.Facts;
import aio.policy.fleet.node.Engine.Trial;
import aio.policy.fleet.rollout.Answer;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Order;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.State;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Does what is decided for one node, once, and tells what became of it. It looks at what is wanted and at what is, so
 * it does not matter what it has missed. Confined to one thread.
 */
final class Agent {
    private static final SafeLog LOG = SafeLog.POLICY;

    private final String node;
    private final String instance = here();
    private final Engine engine;
    private final MemoryFile file;
    private final Predicate<Duration> starting;
    private boolean told;
    private Memory memory;
    private @Nullable IOException unwritten; // why the file does not have the memory yet
    private @Nullable Order watched;
    private Optional<String> localPin = Optional.empty();
    private String ahead = "";
    private String early = "";
    private String waited = "";

    /**
     * Makes one that knows what it did before.
     *
     * @param starting whether bundles may still be on their way, by how long that may be waited for: a policy that is
     *     not there may come yet
     */
    Agent(String node, Engine engine, MemoryFile file, Predicate<Duration> starting) throws IOException {
        this.node = node;
        this.engine = engine;
        this.file = file;
        this.starting = starting;
        this.memory = file.read();
    }

    /** Tells where this node is: an operator may look for the second one of its name. */
    private static String here() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.log(Level.DEBUG, "fleet: this host does not know its name", e);
            host = "a host without a name";
        }
        return "process " + ProcessHandle.current().pid() + " on " + host + " ("
                + UUID.randomUUID().toString().substring(0, 8) + ")";
    }

    /** Returns what no other node, and no other run of this one, has. */
    String instance() {
        return instance;
    }

    /** Tells whether this node has done more than what is decided: that is an older state, of a backup. */
    boolean isAhead(State state) {
        return memory.origin().equals(state.desired().origin()) && memory.number() > state.newest();
    }

    /** Goes one step towards what is wanted. */
    void step(State state) throws IOException {
        boolean news = isAhead(state) == ahead.isEmpty();
        ahead = isAhead(state)
                ? "it has done number " + memory.number() + ", and the fleet's last one is " + state.newest()
                        + ": an older state was restored, which changes nothing here; the next decision does"
                : "";
        if (news && !ahead.isEmpty()) {
            LOG.log(Level.WARNING, "fleet: node ''{0}'' stays as it is: {1}: fleet:use or fleet:auto", node, ahead);
        }
        step(state.order(node));
    }

    /**
     * Tells whether a report would be that of a node which is not up yet: what a roll-out has pinned here may come yet.
     * A node without a report is missed, and waited for.
     */
    boolean isEarly(State state, Report report) {
        Optional<Decision> moved = state.underWay().filter(each -> each.number() == report.order())
                .map(Rollout::decision);
        boolean early = !told && watched == null && report.answer() == Answer.DONE && report.localPin().isEmpty()
                && !memory.policy().isEmpty() && !memory.policy().equals(report.policy()) && isStarting(moved);
        if (early) {
            waitFor(memory.policy());
        }
        told |= !early;
        return early;
    }

    /** Half of the patience is left to take the order up. */
    private boolean isStarting(Optional<Decision> trial) {
        return trial.isPresent() && starting.test(trial.get().patience().dividedBy(2));
    }

    private void waitFor(String policy) {
        early = "node '" + node + "' has just started, and waits a little: " + engine.trouble(policy);
        if (!early.equals(waited)) {
            waited = early;
            LOG.log(Level.INFO, "fleet: {0}", Plain.text(early));
        }
    }

    /** Returns for what this node waits after its start; empty if for nothing. */
    String early() {
        return early;
    }

    /**
     * Goes one step towards an order.
     *
     * @throws IOException if the memory cannot be written: nothing is pinned without it, and what became of an order is
     *         known nevertheless, and written at a later step
     */
    void step(Order order) throws IOException {
        early = "";
        if (unwritten != null) {
            write();
        }
        move(order);
        if (unwritten != null) {
            throw unwritten;
        }
    }

    private void move(Order order) throws IOException {
        if (!order.origin().equals(memory.origin())) {
            watched = null; // its number means nothing any more
            remember(memory.in(order.origin()));
        }
        if (watched != null) {
            look(watched);
        }
        String pinned = engine.pinned().orElse("");
        boolean local = watched == null && !pinned.isEmpty() && !memory.knows(pinned)
                && !isOfLostMemory(order, pinned);
        if (local != localPin.isPresent()) {
            LOG.log(Level.INFO, local
                    ? "fleet: an operator has pinned ''{0}'' on this node, so what the fleet decides has to wait;"
                            + " policy:auto ends that"
                    : "fleet: this node follows the fleet again", pinned);
        }
        localPin = local ? Optional.of(pinned) : Optional.empty();
        if (!local) {
            follow(order, pinned);
        }
    }

    /** A node that knows nothing, pinned to what all nodes have: it has done that, and lost its memory since. */
    private boolean isOfLostMemory(Order order, String pinned) {
        return memory.number() == 0 && memory.policy().isEmpty() && order.trial().isEmpty()
                && pinned.equals(order.policy());
    }

    private void follow(Order order, String pinned) throws IOException {
        boolean next = order.number() > (watched == null ? memory.number() : watched.number());
        if (next && !engine.works(order.policy()) && isStarting(order.trial())) {
            waitFor(order.policy()); // a refusal would take the roll-out back
        } else if (next) {
            take(order);
        } else if (watched == null && !pinned.equals(memory.policy())) {
            // an operator has taken a local pin away, or the last start ended between pin and memory
            if (engine.works(memory.policy())) {
                engine.pin(memory.policy(), order.who());
                remember(memory.intending(memory.policy()));
            }
        } else if (watched == null && memory.answer() == Answer.REFUSED && order.trial().isEmpty()
                && order.number() == memory.number() && engine.works(order.policy())) {
            take(order);
        }
    }

    private void take(Order order) throws IOException {
        String held = engine.pinned().orElse(memory.policy());
        // what was watched was pinned by the fleet, so that is what holds until the next one does
        Memory before = watched == null ? memory
                : memory.settled(watched.number(), memory.policy(), Answer.ROLLED_BACK, "another order came first");
        intend(before.intending(order.policy()));
        watched = null;
        LOG.log(Level.INFO, "fleet: order {0} of {1}: {2}", Long.toString(order.number()), Plain.text(order.who()),
                order.policy().isEmpty() ? "no pin" : "'" + Plain.text(order.policy()) + "'");
        try {
            settle(order, engine.take(order));
        } catch (RuntimeException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            LOG.log(Level.WARNING, "fleet: order " + order.number() + " is refused: " + Plain.text(why));
            LOG.log(Level.DEBUG, "fleet: this is why", e);
            settle(order, held, Answer.REFUSED, why); // by the fleet, too: what an operator pins is not touched
        }
    }

    private void look(Order order) {
        settle(order, engine.trial());
    }

    private void settle(Order order, Trial trial) {
        switch (trial.verdict()) {
            case WATCHED -> watched = order;
            case KEPT, OVERRULED -> settle(order, order.policy(), Answer.DONE, "");
            case REFUSED -> back(order, Answer.REFUSED, trial.why());
            case ROLLED_BACK -> back(order, Answer.ROLLED_BACK, trial.why());
            default -> throw new IllegalStateException("unknown verdict " + trial.verdict());
        }
    }

    /** What held before an order holds again. */
    private void back(Order order, Answer answer, String why) {
        LOG.log(Level.WARNING, "fleet: order {0} is {1}: {2}", Long.toString(order.number()), answer, Plain.text(why));
        String held = memory.policy();
        // unless the guard has done so, or an operator has pinned something meanwhile
        if (engine.pinned().orElse("").equals(order.policy())) {
            if (engine.works(held)) {
                engine.pin(held, order.who());
            } else {
                held = order.policy(); // what held before is gone
            }
        }
        settle(order, held, answer, why);
    }

    private void settle(Order order, String pinned, Answer answer, String why) {
        watched = null;
        remember(memory.settled(order.number(), pinned, answer, why));
    }

    /** Before a pin: after a crash it must be known whose that is. */
    private void intend(Memory next) throws IOException {
        file.write(next);
        memory = next;
        unwritten = null;
    }

    /** After what has happened: that is so, whether or not it can be written now. */
    private void remember(Memory next) {
        memory = next;
        write();
    }

    private void write() {
        try {
            file.write(memory);
            unwritten = null;
        } catch (IOException e) {
            unwritten = e;
        }
    }

    /** Returns how the node is now. */
    Report report() {
        Facts facts = engine.facts();
        Order trying = watched;
        String why = memory.why();
        if (memory.answer() == Answer.DONE && !memory.policy().isEmpty() && !memory.policy().equals(facts.policy())) {
            why = engine.trouble(memory.policy());
        }
        why = Stream.of(ahead, early, why).filter(each -> !each.isEmpty()).findFirst().orElse("");
        return new Report(node, instance, facts.policy(), facts.engine(), facts.bundle(), localPin,
                trying == null ? memory.number() : trying.number(),
                trying == null ? memory.answer() : Answer.WATCHED, trying == null ? why : "", facts.lag(),
                facts.errors(), facts.since());
    }
}
