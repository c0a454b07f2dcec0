package aio.policy.fleet.node;

import aio.policy.console.log.SafeLog;
import aio.policy.console.text.Plain;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.State;
import aio.policy.fleet.store.FleetStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;

/**
 * One node of a fleet. It starts without waiting for ZooKeeper, and does what was decided as soon as it knows. Commands
 * block for ZooKeeper. Any thread.
 */
public final class FleetNode implements AutoCloseable {
    private static final SafeLog LOG = SafeLog.POLICY;
    private static final int END_SECONDS = 5;
    private static final int JOIN_SECONDS = 10;
    /**
     * How long after the start of a node bundles may still start: the framework starts that of a policy after this one
     * as likely as before it, and in Karaf features do so when the framework is up already. Below the usual patience.
     */
    private static final long START_NANOS = 20_000_000_000L;

    private final Settings settings;
    private final Pace pace;
    private final CuratorFramework client;
    private final FleetStore store;
    private final Reach reach;
    private final Known known;
    private final Place place;
    private final Engine engine;
    private final MemoryFile memory;
    private final Reporter reporter;
    private final Coordinator coordinator;
    private final Decisions decisions;
    private final ScheduledExecutorService acting;
    private final ScheduledExecutorService leading;
    private @Nullable Agent agent; // on the thread that acts
    private @Nullable Reports reports; // on the thread that leads
    private volatile boolean connected;
    private volatile String waits = "";
    private volatile String early = "";
    private final LongSupplier nanos;
    private final long began;
    private final CountDownLatch left = new CountDownLatch(1);
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile boolean closed;
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    /**
     * Makes a node, which does nothing until it is started.
     *
     * @param pace how often it looks
     * @param nanos a clock that only goes forward
     * @param clock for people
     */
    public FleetNode(Settings settings, Engine engine, MemoryFile memory, Pace pace, LongSupplier nanos, Clock clock) {
        this.settings = settings;
        this.engine = engine;
        this.memory = memory;
        this.pace = pace;
        this.nanos = nanos;
        began = nanos.getAsLong();
        client = Clients.of(settings);
        reach = new Reach(settings, Clients.config(settings.client()), nanos);
        store = new FleetStore(client, settings.fleet());
        known = new Known(client, store);
        place = new Place(store, settings, nanos,
                () -> new LeaderLatch(client, store.leaderPath(), settings.node()));
        reporter = new Reporter(store, nanos);
        coordinator = new Coordinator(store, nanos, clock);
        decisions = new Decisions(store, clock);
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
        } catch (Exception | Error e) { // one that got away would end all looks, without a word
            failed(e);
        }
    }

    private void failed(Throwable e) {
        try {
            String text = String.valueOf(e.getMessage());
            boolean news = !text.equals(failures.put(Thread.currentThread().getName(), text)) && !closed && connected;
            LOG.log(news ? Level.WARNING : Level.DEBUG, "fleet: a look has failed: " + text
                    + "; there will be another one", e);
        } catch (Exception | Error again) { // there is no memory for a line either
            failures.clear(); // so the next one is news
        }
        if (e instanceof KeeperException.NoAuthException || e instanceof KeeperException.AuthFailedException) {
            settled.countDown(); // a command is told the same
        }
    }

    /** What is done at a look. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private void look() throws Exception {
        if (!isAlone()) {
            return;
        }
        Agent acts = Objects.requireNonNull(agent, "agent");
        Optional<State> heard = known.state();
        if (connected) {
            if (heard.isEmpty()) {
                store.prepare(); // the first start of a fleet, or it was deleted
            }
            if (!place.take(acts.instance())) {
                settled.countDown();
                return;
            }
        } else if (heard.isEmpty() || !place.isHeld()) {
            return;
        }
        // a node that reported before it knows what is wanted would be seen as one that has not done it
        step(acts, heard.isPresent() ? heard.get() : store.read().state());
    }

    /** Tells whether nobody else works with the memory of this node; it is read after that. */
    private boolean isAlone() throws IOException {
        boolean alone = memory.take();
        if (!alone && waits.isEmpty()) {
            waits = "node '" + settings.node() + "' does not act yet: what it did before its configuration changed has"
                    + " not ended; it joins when that has, and loop:blocked shows what holds loops up";
            LOG.log(Level.WARNING, "fleet: {0}", Plain.text(waits));
        }
        if (alone && agent == null) {
            agent = new Agent(settings.node(), engine, memory,
                    most -> nanos.getAsLong() - began < Math.min(most.toNanos(), START_NANOS));
            waits = "";
        }
        if (!alone) {
            settled.countDown();
        }
        return alone;
    }

    private void step(Agent acts, State heard) throws Exception {
        State state = heard;
        if (connected && acts.isAhead(state)) {
            state = store.readNewest().state(); // a server that is behind is no reason to worry
        }
        try {
            acts.step(state);
        } catch (IOException e) {
            tell(acts, state); // what became of an order is known nevertheless
            throw new IllegalStateException("the node's memory cannot be written: " + e.getMessage(), e);
        }
        tell(acts, state);
    }

    private void tell(Agent acts, State state) throws Exception {
        Report report = acts.report();
        boolean isEarly = acts.isEarly(state, report);
        early = acts.early();
        if (connected) {
            if (isEarly || reporter.tell(report, state.underWay().map(Rollout::members).orElse(0))) {
                settled.countDown();
            } else {
                place.lose();
            }
        }
    }

    private void coordinate() throws Exception {
        reach.look(connected);
        if (reach.trouble().isPresent()) {
            settled.countDown(); // a command is told why
        }
        if (!place.leads() || known.state().flatMap(State::underWay).isEmpty()) {
            coordinator.resign();
            stopReading();
            return;
        }
        long session = store.session(); // before the reports are looked at
        Reports read = reports;
        if (read == null) {
            read = new Reports(client, store);
            reports = read;
        }
        Optional<Map<String, Report>> all = read.all();
        if (all.isPresent() && !coordinator.step(all.get(), () -> place.leads() && store.session() == session)) {
            stopReading();
        }
    }

    private void stopReading() {
        Reports read = reports;
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
        return place.leader();
    }

    /** Returns why this node does not act, and what to do; empty if it does. */
    public Optional<String> trouble() {
        return Stream.of(Optional.of(waits), reach.trouble(), place.trouble(), Optional.of(early))
                .flatMap(Optional::stream)
                .filter(each -> !each.isEmpty())
                .findFirst();
    }

    /**
     * Waits until this node has reported, or it is known why it does not, for a bounded time, once: who types a command
     * at once is to see it there.
     */
    public void awaitJoined() throws InterruptedException {
        if (!settled.await(JOIN_SECONDS, TimeUnit.SECONDS)) {
            LOG.log(Level.DEBUG, "fleet: node ''{0}'' has not reported within {1} s", settings.node(), JOIN_SECONDS);
            settled.countDown();
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
        return decisions.decide(decision);
    }

    /**
     * Waits until a roll-out is over, for as long as this node is in the fleet.
     *
     * @return what it became
     * @throws IllegalStateException if it did not move all: the message says why
     */
    public Rollout awaitEnd(long number) throws Exception {
        return decisions.awaitEnd(number, left, pace.lead().toNanos());
    }

    /** Ends the roll-out: every node goes back. */
    public Rollout abort(String who) throws Exception {
        return decisions.abort(who);
    }

    /** Lets no further wave begin, or the next one. */
    public Rollout pause(boolean pause) throws Exception {
        return decisions.pause(pause);
    }

    /** Returns the client, for tests that do to it what networks do. */
    CuratorFramework client() {
        return client;
    }

    /**
     * Leaves the fleet; what is pinned stays. Waits a bounded time for what is under way; a node that begins with the
     * same memory waits until it is over.
     */
    @Override
    public void close() {
        if (acting.isShutdown()) {
            return;
        }
        closed = true;
        left.countDown();
        acting.execute(this::letGo);
        acting.shutdown();
        leading.shutdownNow();
        try {
            boolean over = acting.awaitTermination(END_SECONDS, TimeUnit.SECONDS)
                    & leading.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
            if (!over) {
                LOG.log(Level.WARNING, "fleet: work of node ''{0}'' has not ended within {1} s", settings.node(),
                        END_SECONDS);
            }
            place.leave(connected);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "fleet: the session ends by itself", e);
        }
        stopReading();
        known.close();
        client.close();
    }

    /** After what was under way. */
    private void letGo() {
        try {
            memory.release();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "fleet: the memory of node '" + settings.node() + "' stays locked: a node that is"
                    + " configured anew joins after a restart of the process", e);
        }
    }
}
