package aio.policy.fleet;

import aio.policy.fleet.node.FleetNode;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.State;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What {@code fleet:list}, {@code fleet:status} and {@code fleet:history} show, as one value for the page. It is made
 * of types of the JDK alone, so that the two bundles need no package of each other. Any thread; blocks for ZooKeeper,
 * at most once a second however many ask, and more seldom in a large fleet. A failure is told for a second as well: of
 * those that wait for a server that hangs, only the first one waits for as long as the client tries.
 */
@Component(service = Supplier.class, property = "aio.page=fleet")
public final class Overview implements Supplier<Map<String, Object>> {
    private static final long FRESH_NANOS = 1_000_000_000;
    private static final long NANOS_PER_NODE = 20_000_000;

    private final FleetNode node;
    private final LongSupplier nanos;
    private final Clock clock;
    private Map<String, Object> last = Map.of();
    private long readAt;
    private long freshNanos = FRESH_NANOS;
    private @Nullable RuntimeException failure;
    private @Nullable State decided;
    private List<Rollout> history = List.of();

    /** For the service component runtime. */
    @Activate
    public Overview(@Reference Membership membership) {
        this(membership.node(), System::nanoTime, Clock.systemUTC());
    }

    Overview(FleetNode node, LongSupplier nanos, Clock clock) {
        this.node = node;
        this.nanos = nanos;
        this.clock = clock;
    }

    /**
     * Returns the name of the fleet and of this node, when all was read ({@code asOf}), and what the commands return
     * with {@code --json}: {@code nodes}, {@code status} and {@code history}.
     *
     * @throws IllegalStateException if ZooKeeper does not tell; the message says why
     */
    @Override
    public synchronized Map<String, Object> get() {
        if (!node.isConnected()) {
            throw new IllegalStateException(Failures.cutOff(node)); // the client would try for seconds
        }
        long age = nanos.getAsLong() - readAt;
        if (last.isEmpty() && failure == null || age >= (failure == null ? freshNanos : FRESH_NANOS)) {
            readAnew();
        }
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return last;
    }

    private void readAnew() {
        try {
            last = Failures.told(node, this::readUnlessInterrupted);
            failure = null;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e; // the server has not failed, so this is for nobody else
            }
            failure = e;
        }
        readAt = nanos.getAsLong(); // after it: those that have waited meanwhile do not wait once more
    }

    private Map<String, Object> readUnlessInterrupted() throws Exception {
        try {
            return read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // a thread of the web server, which ends
            throw new IllegalStateException("fleet: the request was interrupted before ZooKeeper had told all: ask"
                    + " again", e);
        }
    }

    private Map<String, Object> read() throws Exception {
        String asOf = clock.instant().toString();
        State state = node.state();
        Map<String, Report> reports = node.reports();
        freshNanos = Math.max(FRESH_NANOS, NANOS_PER_NODE * reports.size());
        Optional<String> coordinator = node.coordinator();
        if (!state.equals(decided)) { // whatever is over has changed what is decided
            history = node.history();
            decided = state;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("fleet", node.fleet());
        all.put("node", node.node());
        all.put("asOf", asOf);
        all.put("nodes", Rows.rows(state, reports, coordinator));
        all.put("status", Rows.row(state, reports, coordinator, node.trouble()));
        all.put("history", history.stream().map(Rows::row).toList());
        return all;
    }
}
