package aio.core.loop;

import aio.core.collection.WeakMap;
import aio.core.foreign.DriverCalls;
import aio.core.foreign.Wall;
import aio.core.kernel.Exchange;
import aio.core.process.ProcessLauncher;
import aio.core.signal.SignalTable;
import aio.core.thread.CoreWorkers;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.loop.RunningLoop;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All open loops of this core. Any thread; no method is to be called with a lock held, for they may wait for loops that
 * run user code.
 */
public final class Loops {
    private static final Logger LOG = System.getLogger("aio.policy");
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long MIN_PROBE_NANOS = 200_000_000; // loading the classes of a driver takes tens of ms

    private final Origin origin;
    private final Processes processes;
    private final CoreWorkers workers = new CoreWorkers();
    private final SignalTable signals = new SignalTable();
    private final Set<CoreLoop> loops = ConcurrentHashMap.newKeySet();
    /** Those whose exchange has outlasted the wait, with the last one of theirs. */
    private final Map<CoreLoop, Exchange> late = new ConcurrentHashMap<>();

    private final AtomicInteger numbers = new AtomicInteger();

    /** Drivers whose policy is gone: a loop that is made on one of them meanwhile must leave it at once. */
    private final WeakMap<IoDriverFactory, Boolean> gone = WeakMap.byIdentity();

    private final WeakMap<IoDriverFactory, Boolean> probed = WeakMap.byIdentity();

    private volatile @Nullable IoDriverFactory target;
    private volatile boolean ended;

    public Loops(Origin origin, ProcessLauncher launcher) {
        this.origin = origin;
        this.processes = new Processes(launcher);
    }

    Origin origin() {
        return origin;
    }

    Processes processes() {
        return processes;
    }

    CoreWorkers workers() {
        return workers;
    }

    SignalTable signals() {
        return signals;
    }

    // ---- making

    /**
     * Makes a loop.
     *
     * @param driver null to make it parked: it runs callbacks and timers, and its channels wait for a driver
     * @throws UncheckedIOException if the driver cannot be opened
     */
    public EventLoop newLoop(@Nullable IoDriverFactory driver, LoopOptions options) {
        return make(driver, options, false);
    }

    /**
     * Makes a loop that follows and is run by the core, on the driver of the process-wide policy.
     *
     * @throws IllegalStateException if there is one of that name
     */
    public synchronized ManagedLoop newManagedLoop(String name) {
        if (loops.stream().anyMatch(loop -> loop.isManaged() && loop.name().equals(name))) {
            throw new IllegalStateException("there is a managed loop \"" + name
                    + "\" already: give the configuration of aio.loop another name");
        }
        return new ManagedLoop(make(target, LoopOptions.defaults().withName(name), true));
    }

    private CoreLoop make(@Nullable IoDriverFactory driver, LoopOptions options, boolean managed) {
        String given = options.name();
        String name = given != null ? given : "loop-" + numbers.incrementAndGet();
        CoreLoop loop;
        try {
            loop = new CoreLoop(name, this, driver, options, managed);
        } catch (IOException e) {
            throw new UncheckedIOException("driver \"" + DriverCalls.nameOf(driver) + "\" of loop \""
                    + name + "\" cannot be opened: " + e.getMessage(), e);
        }
        loops.add(loop);
        if (ended) {
            loop.closeNow();
            throw new IllegalStateException("the bundle aio.policy.core has stopped: loop \"" + name
                    + "\" cannot be made; start it again");
        }
        if (driver != null && isGone(driver) || managed && driver != target) {
            toTarget(loop);
        }
        return loop;
    }

    private void toTarget(CoreLoop loop) {
        IoDriverFactory wanted;
        do {
            wanted = target;
            loop.kernel().exchange(wanted);
        } while (wanted != target); // who has let all loops follow meanwhile may have asked this one before
        loop.kernel().parkIfOn(this::isGone);
    }

    private boolean isGone(@Nullable IoDriverFactory driver) {
        return driver != null && gone.get(driver) != null;
    }

    void closed(CoreLoop loop) {
        loops.remove(loop);
    }

    // ---- asking

    /** Returns snapshots of all open loops, by name. */
    public List<LoopInfo> infos() {
        return loops.stream().map(CoreLoop::info).sorted(Comparator.comparing(LoopInfo::name)).toList();
    }

    /** Returns how many open loops run on a driver. */
    public int countOn(IoDriverFactory driver) {
        return (int) loops.stream().filter(loop -> loop.kernel().seat().factory() == driver).count();
    }

    /** Tells whether an open loop waits for a driver. */
    public boolean isAnyParked() {
        for (CoreLoop loop : loops) {
            if (loop.kernel().seat().factory() == null) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many open loops follow the policy and have a driver. */
    public int countDriven() {
        int count = 0;
        for (CoreLoop loop : loops) {
            count += loop.isFollowing() && loop.kernel().seat().factory() != null ? 1 : 0;
        }
        return count;
    }

    // ---- exchange

    /**
     * Lets every loop that follows, or is parked, exchange its driver for one of {@code next}, and waits for them: at
     * most that long, and not at all on the thread of a loop. Those that are not done go on in the background. A loop
     * that cannot keeps the driver it has, but is parked if that is gone.
     */
    public ExchangeReport follow(IoDriverFactory next, long maxWaitNanos) {
        Objects.requireNonNull(next, "next");
        gone.remove(next);
        if (!isWantedByAny(next)) {
            target = next;
            if (!isWantedByAny(next)) { // again: one that is made meanwhile may have looked for a target before
                return ExchangeReport.NOTHING;
            }
        }
        String problem = problemOf(next, maxWaitNanos);
        if (problem != null) {
            return new ExchangeReport(0, 0, 0, 0, List.of("all loops stay on the driver they have: " + problem));
        }
        target = next;
        return exchange(loop -> goesAlong(loop, next), next, maxWaitNanos);
    }

    private boolean isWantedByAny(IoDriverFactory next) {
        return loops.stream().anyMatch(loop -> goesAlong(loop, next));
    }

    /** A loop that is pinned to a driver follows no change; but without a driver that is there it is pinned to none. */
    private boolean goesAlong(CoreLoop loop, IoDriverFactory next) {
        IoDriverFactory present = loop.kernel().seat().factory();
        boolean isStranded = isGone(present) || isLateFor(loop, null);
        return loop.isFollowing() || present == null || isStranded && !isLateFor(loop, next);
    }

    /**
     * Lets every loop that is on a driver of {@code left}, whether it follows or not, exchange it for one of
     * {@code next}; a loop that cannot, and every loop if that is null, is parked. A loop that is late and was to go to
     * {@code left} does not go there any more: it stays where it is, or, if that is gone too, goes to {@code next}.
     * Waits as {@link #follow} does.
     */
    public ExchangeReport evict(IoDriverFactory left, @Nullable IoDriverFactory next, long maxWaitNanos) {
        // looked up first: from when it is gone on, they may park by themselves
        Set<CoreLoop> affected = new HashSet<>();
        for (CoreLoop loop : loops) {
            if (loop.kernel().seat().factory() == left || isLateFor(loop, left)) {
                affected.add(loop);
            }
        }
        gone.put(left, true);
        if (next != null) {
            gone.remove(next); // it may have come back
        }
        if (target == left) {
            target = next;
        }
        Set<CoreLoop> leaving = new HashSet<>();
        for (CoreLoop loop : loops) {
            boolean wants = isLateFor(loop, left); // asked first: a loop that arrives meanwhile is found on it
            IoDriverFactory present = loop.kernel().seat().factory();
            if (present == left || affected.contains(loop) && (present == null || isGone(present))) {
                leaving.add(loop);
            } else if (wants) {
                forget(loop, left, present);
            }
        }
        leaving.removeIf(loop -> next != null && loop.isFollowing() && isLateFor(loop, next)); // asked by follow
        return exchange(leaving::contains, next, maxWaitNanos);
    }

    /** Lets a loop that is late for a driver stay on the present one; nobody waits for that. */
    private void forget(CoreLoop loop, IoDriverFactory left, @Nullable IoDriverFactory present) {
        loop.kernel().exchange(present).whenOver(() -> loop.kernel().parkIfOn(this::isGone));
        late.computeIfPresent(loop, (same, exchange) -> exchange.target() == left ? null : exchange);
    }

    /** Tells whether a loop was reported as late to go to a driver, and is not there yet. */
    private boolean isLateFor(CoreLoop loop, @Nullable IoDriverFactory wanted) {
        Exchange exchange = late.get(loop);
        return exchange != null && exchange.target() == wanted;
    }

    /** Asks for the exchange and waits; parks the loops that cannot, if their driver is gone. */
    private ExchangeReport exchange(Predicate<CoreLoop> chosen, @Nullable IoDriverFactory next, long maxWaitNanos) {
        Map<CoreLoop, Exchange> begun = new LinkedHashMap<>();
        for (CoreLoop loop : loops) {
            if (chosen.test(loop)) {
                begun.put(loop, loop.kernel().exchange(next));
            }
        }
        long deadline = System.nanoTime() + (RunningLoop.get() == null ? maxWaitNanos : 0);
        Set<CoreLoop> stranded = new HashSet<>();
        ExchangeReport all = ExchangeReport.NOTHING;
        for (Map.Entry<CoreLoop, Exchange> entry : begun.entrySet()) {
            CoreLoop loop = entry.getKey();
            Exchange exchange = entry.getValue();
            boolean over = exchange.await(deadline - System.nanoTime());
            if (over && isGone(loop.kernel().seat().factory())) {
                stranded.add(loop);
            }
            all = all.plus(!over ? reportLate(loop, exchange)
                    : report(exchange, loop.isClosed() ? exchange.stayed() : stayed(loop, exchange)));
        }
        if (next == null || stranded.isEmpty()) {
            return all;
        }
        // better no driver than one whose bundle is gone: these go on when another one comes
        return all.plus(exchange(stranded::contains, null, deadline - System.nanoTime()));
    }

    private static ExchangeReport report(Exchange exchange, List<String> stayed) {
        return new ExchangeReport(
                exchange.exchanged(), exchange.kept(), exchange.lost(), exchange.longestPauseNanos(), stayed);
    }

    private ExchangeReport reportLate(CoreLoop loop, Exchange exchange) {
        CompletableFuture<ExchangeReport> outcome = new CompletableFuture<>();
        LateLoop answer = new LateLoop(BlockedLoops.describe(loop, origin), outcome);
        late.put(loop, exchange);
        exchange.whenOver(() -> {
            late.remove(loop, exchange);
            ExchangeReport report = report(exchange, stayed(loop, exchange));
            try {
                outcome.complete(report);
                tellLate(loop, report);
            } finally {
                loop.kernel().parkIfOn(this::isGone);
            }
        });
        return ExchangeReport.of(answer);
    }

    /** Returns what stayed behind, with a reason if a loop has not followed. */
    private static List<String> stayed(CoreLoop loop, Exchange exchange) {
        boolean followed = exchange.exchanged() > 0
                || !loop.isClosed() && loop.kernel().seat().factory() == exchange.target();
        if (followed || !exchange.stayed().isEmpty()) {
            return exchange.stayed();
        }
        return List.of("loop \"" + loop.name() + "\" has not followed: "
                + (loop.isClosed() ? "it was closed" : "another change came before"));
    }

    /** The change was reported without this loop, so the log says how it went. */
    private static void tellLate(CoreLoop loop, ExchangeReport report) {
        if (report.loops() > 0) {
            LOG.log(Level.INFO, String.format(Locale.ROOT, "policy: loop \"%s\" has followed to driver \"%s\" in the"
                    + " background; connections kept: %d, lost: %d, longest pause %.1f ms", loop.name(),
                    loop.kernel().seat().driverName(), report.kept(), report.lost(),
                    report.longestPauseNanos() / NANOS_PER_MILLI));
        } else if (!report.stayed().isEmpty()) {
            LOG.log(Level.WARNING, "policy: " + String.join("; ", report.stayed()));
        }
    }

    /** Returns what is wrong with a driver that is about to go under live loops, or null. Each is probed once. */
    private @Nullable String problemOf(@Nullable IoDriverFactory next, long maxWaitNanos) {
        if (next == null || probed.get(next) != null || RunningLoop.get() != null) { // a loop must not wait for a probe
            return null;
        }
        String problem = Probe.problemOf(next, Math.max(maxWaitNanos, MIN_PROBE_NANOS));
        if (problem == null) {
            probed.put(next, true);
        }
        return problem;
    }

    // ---- bundles that stop

    /**
     * Closes what somebody who goes away has left on managed loops: connections, servers, watched descriptors,
     * children, timers, signal handlers. The callbacks' objects tell whose they are.
     *
     * @return how many channels were closed that were not closing already, as far as the loops answered in time
     */
    public int withdraw(Predicate<Object> belongs, Throwable cause, long maxWaitNanos) {
        List<CoreLoop> managed = loops.stream().filter(CoreLoop::isManaged).toList();
        return new Withdrawal(managed, belongs, cause).run(maxWaitNanos);
    }

    // ---- the end

    /** Ends every loop, because the core stops: protocols see {@code connectionLost} with {@code cause}. */
    public void closeAll(Throwable cause, long maxWaitNanos) {
        ended = true;
        long deadline = System.nanoTime() + maxWaitNanos;
        List<LoopEnding> endings = loops.stream().map(loop -> new LoopEnding(loop, cause)).toList();
        try {
            endings.forEach(ending -> step(ending::begin));
            endings.forEach(ending -> step(() -> ending.finish(deadline)));
        } finally {
            signals.close();
            workers.close();
        }
    }

    private static void step(Wall.Step step) {
        Wall.run(LOG, Level.WARNING, "policy: a loop could not be ended in order; the others are", step);
    }
}
