package aio.policy.fleet.node;

import aio.policy.fleet.rollout.State;
import aio.policy.fleet.store.FleetStore;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.jspecify.annotations.Nullable;

/**
 * What a node knows to be decided, also while it is cut off. It takes the texts apart when they have changed, not at
 * each look: that of a roll-out names every node. Any thread.
 */
final class Known implements AutoCloseable {
    private final String desiredPath;
    private final String rolloutPath;
    private final CuratorCache desired;
    private final CuratorCache rollout;
    private volatile @Nullable Read last;

    /** What was made of two texts. The cache keeps the arrays until they change, so identity tells. */
    private record Read(byte[] desired, byte[] rollout, State state) {}

    Known(CuratorFramework client, FleetStore store) {
        desiredPath = store.desiredPath();
        rolloutPath = store.rolloutPath();
        desired = CuratorCache.build(client, desiredPath, CuratorCache.Options.SINGLE_NODE_CACHE);
        rollout = CuratorCache.build(client, rolloutPath, CuratorCache.Options.SINGLE_NODE_CACHE);
    }

    /** Begins to follow what is decided; {@code changed} is called at each change. */
    void start(Runnable changed) {
        desired.listenable().addListener((type, old, now) -> changed.run());
        rollout.listenable().addListener((type, old, now) -> changed.run());
        desired.start();
        rollout.start();
    }

    /** Returns what is decided; empty if this node has never heard of the fleet. */
    Optional<State> state() {
        byte[] first = desired.get(desiredPath).map(ChildData::getData).orElse(null);
        byte[] second = rollout.get(rolloutPath).map(ChildData::getData).orElse(null);
        if (first == null || second == null) {
            return Optional.empty();
        }
        Read read = last;
        if (read == null || read.desired != first || read.rollout != second) {
            read = new Read(first, second, FleetStore.state(first, second));
            last = read;
        }
        return Optional.of(read.state);
    }

    @Override
    public void close() {
        desired.close();
        rollout.close();
    }
}
