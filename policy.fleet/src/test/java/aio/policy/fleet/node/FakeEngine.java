package aio.policy.fleet.node;

import aio.policy.fleet.rollout.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Policies and loops that a test makes up. Any thread. */
final class FakeEngine implements Engine {
    /** What was pinned, in order, by the fleet. */
    final List<String> pins = new CopyOnWriteArrayList<>();
    /** The orders that were taken. */
    final List<Long> orders = new CopyOnWriteArrayList<>();
    /** The policies that are there. */
    final Set<String> present = ConcurrentHashMap.newKeySet();
    /** Policies of which the guard thinks nothing good. */
    final Set<String> bad = ConcurrentHashMap.newKeySet();
    /** While it is true, a trial is not over. */
    volatile boolean trying;
    /** What a pin waits for, as that of the core waits for loops. */
    volatile CountDownLatch loops = new CountDownLatch(0);
    /** Whether a pin of a policy that is not there fails, as that of the core does. */
    volatile boolean refuses;
    /** What the next look fails with, once. */
    final AtomicReference<Error> wrong = new AtomicReference<>();
    /** How often a node has looked. */
    final AtomicInteger looks = new AtomicInteger();
    private volatile String pinned = "";
    private volatile String before = "";
    private volatile boolean tried;

    FakeEngine(String... policies) {
        present.addAll(List.of(policies));
    }

    /** What an operator does on the node itself. */
    void operatorPins(String policy) {
        pinned = policy;
    }

    @Override
    public Optional<String> pinned() {
        return Optional.of(pinned).filter(each -> !each.isEmpty());
    }

    @Override
    public Trial take(Order order) {
        orders.add(order.number());
        if (!works(order.policy())) {
            throw new IllegalArgumentException("no policy '" + order.policy() + "'; present: " + present);
        }
        try {
            loops.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a pin", e);
        }
        before = pinned;
        pins.add(order.policy());
        pinned = order.policy();
        tried = order.trial().filter(each -> !each.watch().isZero()).isPresent();
        return trial();
    }

    @Override
    public void pin(String policy, String who) {
        if (refuses && !works(policy)) {
            throw new IllegalArgumentException("no policy '" + policy + "'; present: " + present);
        }
        pins.add(policy);
        pinned = policy;
    }

    @Override
    public Trial trial() {
        if (!tried) {
            return new Trial(Verdict.KEPT, "");
        }
        if (bad.contains(pinned)) {
            String which = pinned;
            pinned = before;
            return new Trial(Verdict.ROLLED_BACK, "lag 70 ms, expected 50 ms (bundle.of." + which + " [9])");
        }
        return new Trial(trying ? Verdict.WATCHED : Verdict.KEPT, "");
    }

    @Override
    public boolean works(String policy) {
        return policy.isEmpty() || present.contains(policy);
    }

    @Override
    public String trouble(String policy) {
        return "'" + policy + "' is not there";
    }

    @Override
    public Facts facts() {
        looks.incrementAndGet();
        Error now = wrong.getAndSet(null);
        if (now != null) {
            throw now;
        }
        String current = pinned.isEmpty() || !works(pinned) ? "default" : pinned;
        return new Facts(current, "selector", "bundle.of." + current + " [7]", Duration.ofMillis(1), 0, Instant.EPOCH);
    }
}
