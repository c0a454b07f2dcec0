package aio.core.loop;

import aio.loop.LoopInfo;
import aio.loop.LoopStatistics;
import java.time.Duration;

/** What a loop was at an instant. */
record Snapshot(
        String name,
        String state,
        String thread,
        String driver,
        String driverBundle,
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
        Duration longestPause,
        LoopStatistics statistics)
        implements LoopInfo {}
