package aio.core.loop;

import aio.loop.BundleId;
import aio.loop.LoopInfo;
import aio.loop.LoopState;
import java.time.Duration;
import java.util.Optional;

/** A loop at an instant. */
record Snapshot(
        String name,
        LoopState state,
        Optional<String> thread,
        Optional<BundleId> bundle,
        Optional<String> driver,
        Optional<BundleId> driverBundle,
        boolean follows,
        boolean managed,
        int connections,
        int listeners,
        int datagrams,
        int connecting,
        int watched,
        int ready,
        int timers,
        int tasks,
        long turns,
        long exchanges,
        Duration longestPause)
        implements LoopInfo {}
