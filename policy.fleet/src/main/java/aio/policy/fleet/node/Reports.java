package aio.policy.fleet.node;

import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.store.FleetStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;

/** The reports of all nodes, read while a roll-out is under way, on the node that coordinates. Any thread. */
final class Reports implements AutoCloseable {
    private final String path;
    private final CuratorCache cache;
    private volatile boolean read;

    /** Begins to read; returns at once. */
    Reports(CuratorFramework client, FleetStore store) {
        path = store.nodesPath();
        cache = CuratorCache.build(client, path);
        cache.listenable().addListener(CuratorCacheListener.builder().forInitialized(() -> read = true).build());
        cache.start();
    }

    /** Returns the reports, by name; empty until all are read: a node whose report is not read yet is not away. */
    Optional<Map<String, Report>> all() {
        if (!read) {
            return Optional.empty();
        }
        Map<String, Report> reports = new HashMap<>();
        cache.stream()
                .filter(each -> each.getPath().startsWith(path + "/"))
                .forEach(each -> {
                    String node = each.getPath().substring(path.length() + 1);
                    FleetStore.report(node, each.getData()).ifPresent(report -> reports.put(node, report));
                });
        return Optional.of(reports);
    }

    @Override
    public void close() {
        cache.close();
    }
}
