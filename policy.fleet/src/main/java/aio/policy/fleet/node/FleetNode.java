package aio.policy.fleet.node;

import aio.policy.console.log.SafeLog;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.State;
import aio.policy.fleet.store.FleetStore;
import aio.policy.fleet.store.Outdated;
import aio.policy.fleet.store.Versioned;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.state.ConnectionState;
import org.jspecify.annotations.Nullable;

/**
 * One node of a fleet. It starts without waiting for ZooKeeper, and does what was decided as soon as it knows. Commands
 * block for ZooKeeper. Any thread.
 */
public final class FleetNode implements AutoCloseable {
    private static final SafeLog LOG = SafeLog.POLICY;
    private static final int END_SECONDS = 5;
    private static final int JOIN_SECONDS = 10;

    private final Settings settings;
    private final Pace pace;
    private final CuratorFramework client;
    private final FleetStore store;
    private final Known known;
    private final LeaderLatch latch;
    private final Agent agent;
    private final Reporter reporter;
    private final Coordinator coordinator;
    private final Clock clock;
    private final ScheduledExecutorService acting;
    private final ScheduledExecutorService leading;
    private @Nullable CuratorCache reports; // on the thread that leads
    private volatile boolean connected;
    private final CountDownLatch left = new CountDownLatch(1);
    private final CountDownLatch joined = new CountDownLatch(1);
    private volatile boolean closed;
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    /**
     * Makes a node, which does nothing until it is started.
     *
     * @param pace how often it looks
     * @param nanos a clock that only goes forward
     * @param clock for people
     */
    public FleetNode(Settings settings, Engine engine, MemoryFile memory, Pace pace, LongSupplier nanos, Clock clock)
            throws IOException {
        this.settings = settings;
        this.pace = pace;
        this.clock = clock;
        client = Clients.of(settings);
        store = new FleetStore(client, settings.fleet());
        known = new Known(client, store);
        latch = new LeaderLatch(client, store.leaderPath(), settings.node());
        agent = new Agent(settings.node(), engine, memory);
        reporter = new Reporter(store, nanos);
        coordinator = new Coordinator(store, nanos, clock);
        acting = thread("aio-fleet-agent");
        leading = thread("aio-fleet-coordinator");
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins; returns at once. */
    public void start() throws Exception {
        client.getConnectionStateListenable().addListener((any, state) -> connection(state));
        client.start();
        known.start(this::lookSoon);
        latch.start();
        acting.scheduleWithFixedDelay(() -> quietly(this::look), 0, pace.look().toNanos(), TimeUnit.NANOSECONDS);
        leading.scheduleWithFixedDelay(() -> quietly(this::coordinate), 0, pace.lead().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void connection(ConnectionState state) {
        if (state.isConnected() == connected) {
            return;
        }
        connected = state.isConnected();
        failures.clear();
        if (connected) {
            LOG.log(Level.INFO, "fleet: node ''{0}'' is in touch with the fleet ''{1}''", settings.node(),
                    settings.fleet());
            lookSoon();
        } else {
            LOG.log(Level.WARNING, "fleet: node ''{0}'' is cut off ({1}): it stays as it is, and catches up later",
                    settings.node(), state);
        }
    }

    private void lookSoon() {
        try {
            acting.execute(() -> quietly(this::look));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.TRACE, "fleet: this node has left", e);
        }
    }

    /** What fails now is done at the next look. */
    private void quietly(Work work) {
        try {
            if (!closed) {
                work.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // this node ends
        } catch (Exception | LinkageError e) { // one that got away would end all looks, without a word
            String text = String.valueOf(e.getMessage());
            boolean news = !text.equals(failures.put(Thread.currentThread().getName(), text)) && !closed && connected;
            LOG.log(news ? Level.WARNING : Level.DEBUG, "fleet: a look has failed: " + text
                    + "; there will be another one", e);
        }
    }

    /** What is done at a look. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private void look() throws Exception {
        Optional<State> heard = known.state();
        if (heard.isEmpty()) {
            if (!connected) {
                return;
            }
            // the first start of a fleet, or it was deleted
            store.prepare();
        }
        // a node that reported before it knows what is wanted would be seen as one that has not done it
        State state = heard.isPresent() ? heard.get() : store.read().state();
        try {
            agent.step(state.order(settings.node()));
        } catch (IOException e) {
            throw new IllegalStateException("the node's memory cannot be written: " + e.getMessage(), e);
        }
        if (connected) {
            reporter.tell(agent.report(), state.underWay().map(Rollout::members).orElse(0));
            if (reporter.hasTold()) {
                joined.countDown();
            }
        }
    }

    private void coordinate() throws Exception {
        if (!latch.hasLeadership() || known.state().flatMap(State::underWay).isEmpty()) {
            coordinator.resign();
            stopReading();
            return;
        }
        CuratorCache read = reports;
        if (read == null) {
            read = CuratorCache.build(client, store.nodesPath());
            reports = read;
            read.start();
        }
        coordinator.step(Reporter.reports(read, store));
    }

    private void stopReading() {
        CuratorCache read = reports;
        if (read != null) {
            read.close();
            reports = null;
        }
    }

    /** Returns the name of this node. */
    public String node() {
        return settings.node();
    }

    /** Returns the name of the fleet. */
    public String fleet() {
        return settings.fleet();
    }

    /** Tells whether ZooKeeper is in reach. */
    public boolean isConnected() {
        return connected;
    }

    /** Returns the node that coordinates; empty if none does at the moment. */
    public Optional<String> coordinator() throws Exception {
        return Optional.of(latch.getLeader()).filter(each -> each.isLeader()).map(each -> each.getId());
    }

    /** Waits until this node has reported, for a bounded time: who types a command at once is to see it there. */
    public void awaitJoined() throws InterruptedException {
        if (!joined.await(JOIN_SECONDS, TimeUnit.SECONDS)) {
            LOG.log(Level.DEBUG, "fleet: node ''{0}'' has not reported within {1} s", settings.node(), JOIN_SECONDS);
        }
    }

    /** Returns what is decided. */
    public State state() throws Exception {
        return store.read().state();
    }

    /** Returns what the nodes that are there report, by name. */
    public Map<String, Report> reports() throws Exception {
        return store.reports();
    }

    /** Returns the roll-outs that are over, the latest last. */
    public List<Rollout> history() throws Exception {
        return store.history();
    }

    /**
     * Decides for the fleet.
     *
     * @return the roll-out that begins
     * @throws IllegalStateException if one is under way, or somebody else was first; the message says who
     */
    public Rollout decide(Decision decision) throws Exception {
        Map<String, Report> members = store.reports();
        Versioned read = store.read();
        State next = read.state().decide(decision, inTurn(members));
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

    /**
     * Waits until a roll-out is over, for as long as this node is in the fleet.
     *
     * @return what it became
     * @throws IllegalStateException if it did not move all: the message says why
     */
    public Rollout awaitEnd(long number) throws Exception {
        Optional<Rollout> last = store.read().state().rollout();
        while (last.isPresent() && last.get().number() == number && !last.get().phase().isOver()) {
            if (left.await(pace.lead().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("fleet: this node has left the fleet; the roll-out goes on");
            }
            last = store.read().state().rollout();
        }
        Rollout over = store.history().stream().filter(each -> each.number() == number).findFirst().orElseThrow();
        if (over.phase() != Phase.DONE) {
            throw new IllegalStateException("fleet: number " + number + ", " + over.decision().target() + ", is "
                    + over.stand() + ": " + over.reason());
        }
        return over;
    }

    /** Ends the roll-out: every node goes back. */
    public Rollout abort(String who) throws Exception {
        return change(state -> state.abort(who, clock.instant()));
    }

    /** Lets no further wave begin, or the next one. */
    public Rollout pause(boolean pause) throws Exception {
        return change(state -> state.pause(pause));
    }

    /** Does what an operator wants to whatever the state is now: the coordinator may write in between. */
    private Rollout change(UnaryOperator<State> change) throws Exception {
        for (int tries = 0;; tries++) {
            Versioned read = store.read();
            State next = change.apply(read.state());
            try {
                store.write(read, next);
                return next.rollout().orElseThrow();
            } catch (Outdated e) {
                if (tries > END_SECONDS) {
                    throw new IllegalStateException("fleet: others keep writing, nothing was done: try again", e);
                }
            }
        }
    }

    /** Returns the client, for tests that do to it what networks do. */
    CuratorFramework client() {
        return client;
    }

    /** Leaves the fleet; what is pinned stays. Waits a bounded time for what is under way. */
    @Override
    public void close() {
        closed = true;
        left.countDown();
        acting.shutdown();
        leading.shutdownNow();
        try {
            boolean over = acting.awaitTermination(END_SECONDS, TimeUnit.SECONDS)
                    & leading.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
            if (!over) {
                LOG.log(Level.WARNING, "fleet: work of node ''{0}'' has not ended within {1} s", settings.node(),
                        END_SECONDS);
            }
            if (connected) {
                store.leave(settings.node());
            }
            latch.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "fleet: the session ends by itself", e);
        }
        stopReading();
        known.close();
        client.close();
    }
}
