package aio.core.loop;

import aio.core.foreign.CoreLog;
import aio.core.foreign.DriverCalls;
import aio.core.foreign.Text;
import aio.core.foreign.Wall;
import aio.core.kernel.LoopListeners;
import aio.core.kernel.Wants;
import aio.core.kernel.wanted.Wanted;
import aio.core.process.ProcessLauncher;
import aio.core.signal.SignalTable;
import aio.core.thread.CoreWorkers;
import aio.loop.BundleId;
import aio.loop.ConnectionInfo;
import aio.loop.EventLoop;
import aio.loop.LoopBlock;
import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.loop.LoopListener;
import aio.loop.LoopOptions;
import aio.loop.LoopResource;
import aio.loop.LoopStatistics;
import aio.loop.TaskInfo;
import aio.loop.UserLoad;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All open loops of this core. Any thread; no method is to be called with a lock held, for they may wait for loops that
 * run user code.
 */
public final class Loops implements LoopDirectory {
    private static final CoreLog LOG = CoreLog.POLICY;
    private static final long MAX_FIRST_WAIT_NANOS = 1_000_000_000;

    private final Origin origin;
    private final ChildStarter processes;
    private final CoreWorkers workers = new CoreWorkers();
    private final SignalTable signals = new SignalTable();
    private final Set<CoreLoop> loops = ConcurrentHashMap.newKeySet();
    private final LoopListeners listeners;
    private final Wants wants;
    private final IdleLoops idle = new IdleLoops();
    private final LoopWatch watch;
    /** The bundles that have got a managed loop. */
    private final Set<Long> users = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile Runnable preparation = () -> {}; // set once while the core starts
    private volatile boolean ended; // written before the loops are read; a new loop is added before it is read

    public Loops(Origin origin, ProcessLauncher launcher) {
        this.origin = origin;
        this.listeners = new LoopListeners(origin::bundle);
        this.wants = new Wants(listeners);
        this.watch = new LoopWatch(loops, origin, listeners);
        this.processes = new ChildStarter(launcher);
    }

    Origin origin() {
        return origin;
    }

    ChildStarter children() {
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
        return newLoop(driver, options, null);
    }

    /** Makes a loop for the code of a bundle, or of none. */
    public EventLoop newLoop(@Nullable IoDriverFactory driver, LoopOptions options, @Nullable BundleId maker) {
        return make(driver, options, false, maker);
    }

    /**
     * Makes a loop that follows and is run by the core, on the driver of the process-wide policy.
     *
     * @throws IllegalStateException if there is one of that name
     */
    public ManagedLoop newManagedLoop(String name) {
        preparation.run();
        synchronized (this) {
            if (loops.stream().anyMatch(loop -> loop.isManaged() && loop.name().equals(name))) {
                throw new IllegalStateException("there is a managed loop \"" + name
                        + "\" already: give the configuration of aio.loop another name");
            }
            return new ManagedLoop(makeManaged(LoopOptions.defaults().withName(name)));
        }
    }

    private CoreLoop makeManaged(LoopOptions options) {
        IoDriverFactory driver = wants.current().processWide();
        try {
            return make(driver, options, true, null);
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "managed loop \"" + options.name() + "\" begins parked", e);
            return make(null, options, true, null); // it tries again
        }
    }

    private CoreLoop make(
            @Nullable IoDriverFactory driver, LoopOptions options, boolean managed, @Nullable BundleId maker) {
        String given = options.name();
        String name = given != null ? given : "loop-" + numbers.incrementAndGet();
        CoreLoop loop;
        try {
            loop = new CoreLoop(name, this, driver, options, managed, maker);
        } catch (IOException e) {
            throw new UncheckedIOException("driver " + DriverCalls.textOf(driver)
                    + " of loop \"" + name + "\" cannot be opened: " + Text.ofMessage(e), e);
        }
        loops.add(loop);
        watch.begin();
        if (ended) {
            loop.closeNow();
            throw new IllegalStateException("the bundle aio.policy.core has stopped: loop \"" + name
                    + "\" cannot be made; start it again");
        }
        Wanted now = wants.current();
        if (loop.kernel().migration().isAffectedBy(now)) { // its driver has left meanwhile, or a scope has another one
            AskedLoops round = new AskedLoops(origin, idle);
            round.expect(loop, loop.kernel().migration().whenReached(now));
            round.await(MAX_FIRST_WAIT_NANOS);
        }
        return loop;
    }

    void closed(CoreLoop loop) {
        loops.remove(loop);
        watch.closed(loop);
    }

    // ---- asking

    @Override
    public List<LoopInfo> loops() {
        return loops.stream().map(CoreLoop::info).sorted(Comparator.comparing(LoopInfo::name)).toList();
    }

    @Override
    public List<LoopStatistics> statistics() {
        return loops.stream().map(CoreLoop::statistics).sorted(Comparator.comparing(LoopStatistics::loop)).toList();
    }

    @Override
    public List<LoopBlock> blocks() {
        return watch.blocks();
    }

    @Override
    public List<UserLoad> loads() {
        return watch.loads();
    }

    @Override
    public List<ConnectionInfo> connections(String loop) {
        return new Connections(named(loop), loop, origin).all();
    }

    @Override
    public List<TaskInfo> tasks(String loop) {
        return named(loop).stream().flatMap(each -> each.tasks().infos(origin))
                .sorted(Comparator.comparingLong(TaskInfo::id)).toList();
    }

    @Override
    public void addListener(LoopListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(LoopListener listener) {
        listeners.remove(listener);
    }

    /** Forgets listeners of classes that are gone. */
    public void forgetListeners(Predicate<Class<?>> gone) {
        listeners.purge(gone);
    }

    @Override
    public List<LoopResource> resources(String loop) {
        return Resources.of(named(loop), origin);
    }

    /** Begins to look at how loops do, see {@link Observation}. */
    public Observation observe() {
        return new Observation(loops);
    }

    private List<CoreLoop> named(String name) {
        Objects.requireNonNull(name, "loop");
        List<CoreLoop> found = loops.stream().filter(loop -> loop.name().equals(name)).toList();
        if (found.isEmpty()) {
            String names = loops.stream().map(CoreLoop::name).sorted().collect(Collectors.joining(", "));
            throw new IllegalArgumentException("no loop '" + name + "'; open: " + (names.isEmpty() ? "none" : names));
        }
        return found;
    }

    /** Closes a connection for the operator, see {@link Connections#close}. */
    public ConnectionInfo closeConnection(String loop, long id) {
        return new Connections(named(loop), loop, origin).close(id);
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

    Wants wants() {
        return wants;
    }

    /** Sets what is done before a managed loop is made: it sees to it that a driver that works is wanted. */
    public void prepareBy(Runnable newPreparation) {
        preparation = newPreparation;
    }

    /** Sets who is told of drivers that have failed too often on a loop, and of loops that are parked by failures. */
    public void tellFailures(Wants.GivenUp givenUp, Runnable parked) {
        wants.tellGivenUp(givenUp);
        wants.tellParked(parked);
    }

    /** Returns the rule for the loops of a name. */
    public static Wanted.Rule ruleForName(Object key, String name, IoDriverFactory driver) {
        return new Wanted.Rule(key, isNamed(name), driver);
    }

    /** Tells of each loop whether it has that name. */
    public static Predicate<EventLoop> isNamed(String name) {
        return loop -> loop instanceof CoreLoop mine && mine.kernel().loopName().equals(name);
    }

    /** Tells of each loop whether the code of a bundle has made it. */
    public static Predicate<EventLoop> isMadeBy(long bundle) {
        return loop -> loop instanceof CoreLoop mine && mine.isMadeBy(bundle);
    }

    /** Returns the rule for the loops that the code of a bundle has made. */
    public static Wanted.Rule ruleForMaker(Object key, long bundle, IoDriverFactory driver) {
        return new Wanted.Rule(key, isMadeBy(bundle), driver);
    }

    /** Publishes one driver for all loops, see {@link #wantByRules}. */
    Round want(
            @Nullable IoDriverFactory preferred,
            List<IoDriverFactory> standby,
            Collection<IoDriverFactory> present,
            Collection<IoDriverFactory> gone) {
        return wantByRules(List.of(Wanted.Rule.everyLoop(preferred)), standby, present, gone);
    }

    /**
     * Publishes what the loops are to run on: the next generation, if that says something else. It calls no other code,
     * so a lock may be held, and the order of the calls is that of the generations.
     *
     * @param rules what loops that follow go to, the first that applies to a loop; the last one is for every loop
     * @param standby what a loop goes to that has no other one, the best first
     * @param present drivers that are there, even if they had departed before
     * @param gone drivers that have departed: no loop stays on one
     * @return the loops that have something to do for it, or for what was wanted before; to be awaited
     */
    public Round wantByRules(
            List<Wanted.Rule> rules,
            List<IoDriverFactory> standby,
            Collection<IoDriverFactory> present,
            Collection<IoDriverFactory> gone) {
        synchronized (wants) {
            Wanted next = wants.current().next(rules, standby, present, gone);
            AskedLoops round = new AskedLoops(origin, idle);
            expectAll(round, next);
            if (next != wants.current()) {
                wants.publish(next);
                expectAll(round, next); // one that began to move before it could see this
            }
            return round;
        }
    }

    private void expectAll(AskedLoops round, Wanted wanted) {
        for (CoreLoop loop : loops) {
            if (!round.expects(loop) && loop.kernel().migration().isAffectedBy(wanted)) {
                round.expect(loop, loop.kernel().migration().whenReached(wanted));
            }
        }
    }

    /** Tells whether a loop would go to a driver if that were preferred and others had left. */
    public boolean wouldMove(IoDriverFactory driver, Collection<IoDriverFactory> gone) {
        if (loops.isEmpty()) {
            return false;
        }
        Wanted next = wants.current().next(List.of(Wanted.Rule.everyLoop(driver)), List.of(), List.of(driver), gone);
        return loops.stream().anyMatch(loop -> loop.kernel().migration().isAffectedBy(next));
    }

    // ---- bundles that stop

    /**
     * Closes what an owner that goes away has left on managed loops: connections, servers, watched descriptors,
     * children, timers, signal handlers. The callbacks' objects tell whose they are.
     *
     * @return how many channels were closed that were not closing already, as far as the loops answered in time
     */
    public int withdraw(Predicate<Object> belongs, Throwable cause, long maxWaitNanos) {
        List<CoreLoop> managed = loops.stream().filter(CoreLoop::isManaged).toList();
        return new Withdrawal(managed, belongs, cause).run(maxWaitNanos);
    }

    /** Notes that a bundle has got a managed loop. Any thread. */
    public void usedBy(long bundle) {
        users.add(bundle);
    }

    /**
     * Tells whether a bundle that has stopped may have left something on a managed loop, as far as can be told without
     * asking the loops; it is forgotten.
     */
    public boolean wasUsedBy(long bundle, Predicate<Object> belongs) {
        return users.remove(bundle) || loops.stream().filter(CoreLoop::isManaged)
                .anyMatch(loop -> loop.tasks().hasAnyOf(belongs) || loop.viewTasks().hasAnyOf(belongs));
    }

    // ---- the end

    /** Lets the loops finish what is under way, see {@link Drain}; returns the owners of what had to be closed. */
    public List<String> drain(long patienceNanos) {
        return new Drain(List.copyOf(loops), origin).run(patienceNanos);
    }

    /** Ends every loop, because the core stops: protocols see {@code connectionLost} with {@code cause}. */
    public void closeAll(Throwable cause, long maxWaitNanos) {
        ended = true;
        long deadline = System.nanoTime() + maxWaitNanos;
        List<LoopEnding> endings = loops.stream().map(loop -> new LoopEnding(loop, cause)).toList();
        try {
            endings.forEach(ending -> step(ending::begin));
            LoopEnding.await(endings, deadline);
        } finally {
            signals.close();
            workers.close();
        }
    }

    private static void step(Wall.Step step) {
        Wall.run(LOG, Level.WARNING, "policy: a loop could not be ended in order; the others are", step);
    }
}
