package aio.policy.fleet.store;

import aio.policy.console.log.SafeLog;
import aio.policy.fleet.rollout.Desired;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.State;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.curator.RetryLoop;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * What is decided and reported in one fleet. Blocks for ZooKeeper; throws what that throws. Any thread.
 *
 * <p>The two halves of a state are written in one transaction that checks the versions of both, so of two that have
 * read the same one only the first one writes.
 */
public final class FleetStore {
    private static final SafeLog LOG = SafeLog.POLICY;
    /** No number of a roll-out is as large: by their names, of ten digits, those of the history are in order. */
    public static final long HIGHEST = 9_999_999_999L;
    private static final int KEPT = 100;
    // ZooKeeper closes the connection of who writes 1,048,575 bytes at once; an end writes the roll-out twice
    private static final int LIMIT = 500_000;
    private static final int END = 20_000; // that one which was written also ends, and says why
    private static final byte[] NOTHING = new byte[0];

    private final CuratorFramework client;
    private final String root;

    /** Makes the store of a fleet. */
    public FleetStore(CuratorFramework client, String fleet) {
        this.client = client;
        this.root = "/aio/" + fleet;
    }

    /** Returns the path below which the decided half lies. */
    public String desiredPath() {
        return root + "/desired";
    }

    /** Returns the path of the roll-out. */
    public String rolloutPath() {
        return root + "/rollout";
    }

    /** Returns the path below which nodes report. */
    public String nodesPath() {
        return root + "/nodes";
    }

    /** Returns the path at which the coordinator is elected. */
    public String leaderPath() {
        return root + "/leader";
    }

    private String historyPath() {
        return root + "/history";
    }

    private String reportPath(String node) {
        return nodesPath() + "/" + node;
    }

    /** Makes what is missing; several may do so at once. */
    public void prepare() throws Exception {
        make(historyPath(), NOTHING);
        make(nodesPath(), NOTHING);
        make(rolloutPath(), NOTHING);
        if (make(desiredPath(), Texts.bytes(Desired.nothing(UUID.randomUUID().toString())))) {
            // numbers begin again: those of a fleet that was deleted would be in the way
            forgetOldOnes(0);
        }
    }

    private boolean make(String path, byte[] bytes) throws Exception {
        if (client.checkExists().forPath(path) == null) {
            try {
                client.create().creatingParentsIfNeeded().forPath(path, bytes);
                return true;
            } catch (KeeperException.NodeExistsException e) {
                return false; // another node was first
            }
        }
        return false;
    }

    /** Reads what is decided, as the leader of the servers knows it: the others may be behind. */
    public Versioned readNewest() throws Exception {
        client.sync().forPath(desiredPath());
        return read();
    }

    /** Reads what is decided. */
    public Versioned read() throws Exception {
        Stat desired = new Stat();
        Stat rollout = new Stat();
        byte[] first = client.getData().storingStatIn(desired).forPath(desiredPath());
        byte[] second = client.getData().storingStatIn(rollout).forPath(rolloutPath());
        return new Versioned(state(first == null ? NOTHING : first, second == null ? NOTHING : second),
                desired.getVersion(), rollout.getVersion());
    }

    /** Returns the state that the bytes of both halves tell. */
    public static State state(byte[] desired, byte[] rollout) {
        return new State(Texts.desired(desired),
                rollout.length == 0 ? Optional.empty() : Optional.of(Texts.rollout(rollout)));
    }

    /** Tells whether ZooKeeper takes a roll-out. */
    public static boolean fits(Rollout rollout) {
        return Texts.bytes(rollout).length <= LIMIT + (rollout.phase().isOver() ? END : 0);
    }

    /**
     * Writes what follows on what was read; a roll-out that is over thereby is added to the history.
     *
     * @throws Outdated if somebody else has written meanwhile; nothing is changed
     * @throws IllegalStateException if it is more than ZooKeeper takes; nothing is changed
     */
    public void write(Versioned read, State next) throws Exception {
        if (!next.rollout().map(FleetStore::fits).orElse(true)) {
            throw new IllegalStateException("fleet: the roll-out of " + next.rollout().orElseThrow().members()
                    + " nodes takes " + Texts.bytes(next.rollout().orElseThrow()).length + " bytes, expected " + LIMIT
                    + " at most, since ZooKeeper takes no more: several fleets, or shorter names");
        }
        List<CuratorOp> ops = new ArrayList<>();
        // each node is told of what is written
        ops.add(next.desired().equals(read.state().desired())
                ? client.transactionOp().check().withVersion(read.desired()).forPath(desiredPath())
                : client.transactionOp().setData().withVersion(read.desired())
                        .forPath(desiredPath(), Texts.bytes(next.desired())));
        Rollout rollout = next.rollout().orElseThrow();
        ops.add(client.transactionOp().setData().withVersion(read.rollout())
                .forPath(rolloutPath(), Texts.bytes(rollout)));
        if (rollout.phase().isOver()) {
            String path = historyPath() + "/" + String.format(Locale.ROOT, "%010d", rollout.number());
            ops.add(client.checkExists().forPath(path) == null
                    ? client.transactionOp().create().forPath(path, Texts.bytes(rollout))
                    : client.transactionOp().setData().forPath(path, Texts.bytes(rollout)));
        }
        try {
            client.transaction().forOperations(ops);
        } catch (KeeperException.BadVersionException | KeeperException.NodeExistsException e) {
            throw new Outdated(e);
        }
        if (rollout.phase().isOver()) {
            forgetOldOnes(KEPT);
        }
    }

    /** Does not fail: what was written is written, and the next one forgets more. */
    private void forgetOldOnes(int kept) throws Exception {
        try {
            List<String> names = client.getChildren().forPath(historyPath());
            Collections.sort(names);
            for (String name : names.subList(0, Math.max(0, names.size() - kept))) {
                client.delete().quietly().forPath(historyPath() + "/" + name);
            }
        } catch (KeeperException e) {
            LOG.log(Level.DEBUG, "fleet: the history keeps more than it should, until the next one is over", e);
        }
    }

    /** Returns the roll-outs that are over, the latest last. */
    public List<Rollout> history() throws Exception {
        List<String> names = new ArrayList<>(client.getChildren().forPath(historyPath()));
        Collections.sort(names);
        List<Rollout> history = new ArrayList<>();
        for (String name : names) {
            data(historyPath() + "/" + name).map(Texts::rollout).ifPresent(history::add);
        }
        return history;
    }

    private Optional<byte[]> data(String path) throws Exception {
        try {
            return Optional.ofNullable(client.getData().forPath(path));
        } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
        }
    }

    /** Returns the reports of all nodes that are there, by name. */
    public Map<String, Report> reports() throws Exception {
        Map<String, Report> reports = new TreeMap<>();
        List<String> nodes = client.getChildren().forPath(nodesPath());
        RetryLoop.callWithRetry(client.getZookeeperClient(), () -> readAll(nodes)).forEach((node, bytes) ->
                report(node, bytes).ifPresent(report -> reports.put(node, report)));
        return reports;
    }

    /** Asks for all before it waits for the first: one by one, each would take the way to the server and back. */
    private Map<String, byte[]> readAll(List<String> nodes) throws Exception {
        ZooKeeper server = client.getZookeeperClient().getZooKeeper();
        List<CompletableFuture<byte @Nullable []>> reads =
                nodes.stream().map(node -> begin(server, reportPath(node))).toList();
        Map<String, byte[]> found = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            byte[] bytes = result(reads.get(i));
            if (bytes != null) {
                found.put(nodes.get(i), bytes);
            }
        }
        return found;
    }

    private static byte @Nullable [] result(CompletableFuture<byte @Nullable []> read) throws Exception {
        try {
            return read.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KeeperException why ? why : e;
        }
    }

    /** Begins to read; null is the result if nothing is there. */
    private static CompletableFuture<byte @Nullable []> begin(ZooKeeper server, String path) {
        CompletableFuture<byte @Nullable []> read = new CompletableFuture<>();
        server.getData(path, /* watch= */ false, (code, any, context, bytes, stat) -> {
            if (code == Code.OK.intValue() || code == Code.NONODE.intValue()) {
                read.complete(bytes);
            } else {
                read.completeExceptionally(KeeperException.create(Code.get(code), path));
            }
        }, /* context= */ null);
        return read;
    }

    /** Returns the report of a node; empty if it is not there, or has told nothing yet. */
    public Optional<Report> report(String node) throws Exception {
        return data(reportPath(node)).flatMap(bytes -> report(node, bytes));
    }

    /** Reads the bytes of a report; empty if they are none of that node: whoever writes that is no node. */
    public static Optional<Report> report(String node, byte @Nullable [] bytes) {
        try {
            return Optional.ofNullable(bytes).map(Texts::report).filter(report -> report.node().equals(node));
        } catch (IllegalStateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Takes the name of a node until the session of the client ends. Nobody sees it there before its first report.
     *
     * @return false if another session has the name: that of a node that was killed, or of another one
     */
    public boolean take(String node) throws Exception {
        String path = reportPath(node);
        if (client.checkExists().forPath(path) == null) {
            try {
                client.create().creatingParentsIfNeeded().withMode(CreateMode.EPHEMERAL).forPath(path, NOTHING);
            } catch (KeeperException.NodeExistsException e) {
                // another one, or this one if the reply was lost: the next line tells
                LOG.log(Level.DEBUG, "fleet: the name of this node is taken", e);
            }
        }
        Stat stat = client.checkExists().forPath(path);
        return stat != null && stat.getEphemeralOwner() == session();
    }

    /**
     * Takes the name of a node away from an earlier session of the same run.
     *
     * @param instance of the run
     * @return false if the name is another one's
     */
    public boolean takeOver(String node, String instance) throws Exception {
        String path = reportPath(node);
        Stat stat = new Stat();
        try {
            byte[] bytes = client.getData().storingStatIn(stat).forPath(path);
            if (report(node, bytes).filter(each -> each.instance().equals(instance)).isEmpty()) {
                return false;
            }
            client.delete().withVersion(stat.getVersion()).forPath(path);
        } catch (KeeperException.NoNodeException e) {
            LOG.log(Level.DEBUG, "fleet: the earlier session of this node has ended meanwhile", e);
        } catch (KeeperException.BadVersionException e) {
            LOG.log(Level.DEBUG, "fleet: another node has taken the name of this one meanwhile", e);
            return false;
        }
        return take(node);
    }

    /** Returns how long the servers wait for this client before its session ends; it may differ from what was asked. */
    public Duration sessionTime() throws Exception {
        return Duration.ofMillis(client.getZookeeperClient().getZooKeeper().getSessionTimeout());
    }

    /**
     * Writes the report of a node, which vanishes when the session of the client ends.
     *
     * @return false if another session has the name
     */
    public boolean report(Report report) throws Exception {
        String path = reportPath(report.node());
        Stat stat = client.checkExists().forPath(path);
        if (stat != null && stat.getEphemeralOwner() != session()) {
            return false;
        }
        byte[] bytes = Texts.bytes(report);
        try {
            if (stat == null) {
                client.create().creatingParentsIfNeeded().withMode(CreateMode.EPHEMERAL).forPath(path, bytes);
            } else {
                client.setData().forPath(path, bytes);
            }
            return true;
        } catch (KeeperException.NodeExistsException | KeeperException.NoNodeException e) {
            return false; // the next report settles it
        }
    }

    /** Returns the session that holds the reports now. */
    public long session() throws Exception {
        return client.getZookeeperClient().getZooKeeper().getSessionId();
    }

    /** Takes the report of a node away, unless another session has it. */
    public void leave(String node) throws Exception {
        Stat stat = client.checkExists().forPath(reportPath(node));
        if (stat != null && stat.getEphemeralOwner() == session()) {
            client.delete().quietly().forPath(reportPath(node));
        }
    }
}
