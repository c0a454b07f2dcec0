package aio.core.loop;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.core.kernel.LoopListeners;
import aio.core.thread.Starts;
import aio.loop.BundleId;
import aio.loop.LoopBlock;
import aio.loop.UserLoad;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the loops now and then: what they are busy with, and whether it holds one up. It has a thread of the core
 * while there are loops, looks less often while all are idle, and looks at the very time at which a loop that is at
 * work counts as held up. The loops pay nothing for it. It keeps texts, and no object or class of users. Any thread.
 */
final class LoopWatch {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final long PERIOD_NANOS = 25_000_000;
    private static final long LONGEST_PERIOD_NANOS = 100_000_000;
    private static final long BLOCKED_NANOS = 100_000_000; // asyncio's slow_callback_duration
    private static final long LOGGED_NANOS = 2_000_000_000;
    private static final int MOST_BLOCKS = 32;
    private static final int MOST_LOADS = 512;

    private final Set<CoreLoop> loops;
    private final Origin origin;
    private final LoopListeners listeners;
    private final Map<CoreLoop, Seen> seen = new HashMap<>(); // used by the thread alone
    private final Map<Source, Long> loads = new HashMap<>(); // guarded by itself
    private final Deque<Block> blocks = new ArrayDeque<>(); // guarded by itself, the newest first
    private long soonestBlock; // used by the thread alone: in how many nanoseconds the first loop counts as held up
    private boolean looks; // guarded by this
    private @Nullable Thread thread; // guarded by this; null until it has begun

    /** Code that was seen at work on a loop. */
    private record Source(String loop, Optional<String> type, Optional<BundleId> bundle) {}

    /** What was seen of a loop at the last look. */
    private record Seen(long turns, long busySince, @Nullable Block block, boolean logged) {}

    private record Load(Optional<String> type, Optional<BundleId> bundle, String loop, Duration busy)
            implements UserLoad {}

    LoopWatch(Set<CoreLoop> loops, Origin origin, LoopListeners listeners) {
        this.loops = loops;
        this.origin = origin;
        this.listeners = listeners;
    }

    /** A loop was made. */
    synchronized void begin() {
        if (!looks) {
            looks = true;
            Starts.begin("aio-watch", this::run);
        }
    }

    private synchronized boolean ends() {
        looks = !loops.isEmpty() || Starts.isAnyKept();
        thread = looks ? Thread.currentThread() : null;
        return !looks;
    }

    private void run() {
        long period = PERIOD_NANOS;
        soonestBlock = LONGEST_PERIOD_NANOS;
        long last = System.nanoTime();
        while (!ends()) {
            LockSupport.parkNanos(Math.min(period, soonestBlock));
            String news = Starts.again();
            if (news != null) {
                LOG.log(Level.WARNING, news, null);
            }
            long now = System.nanoTime();
            boolean active = false;
            soonestBlock = LONGEST_PERIOD_NANOS;
            for (CoreLoop loop : loops) {
                active |= look(loop, now, Math.min(now - last, LONGEST_PERIOD_NANOS));
            }
            forgetClosed();
            period = active ? PERIOD_NANOS : Math.min(LONGEST_PERIOD_NANOS, period + PERIOD_NANOS);
            last = now;
        }
        forgetClosed();
    }

    /** Ends the blocks of loops that were closed. */
    private void forgetClosed() {
        seen.entrySet().removeIf(each -> {
            Block block = each.getValue().block;
            if (loops.contains(each.getKey())) {
                return false;
            }
            if (block != null) {
                over(block, block.lasted());
            }
            return true;
        });
    }

    /** Looks at a loop; returns whether it has done anything since the last look. */
    private boolean look(CoreLoop loop, long now, long period) {
        long turns = loop.kernel().turns();
        long busySince = loop.kernel().meter().busySince();
        Seen before = seen.getOrDefault(loop, new Seen(turns, 0, null, false));
        Thread thread = busySince == 0 ? null : loop.kernel().runner();
        Block block = before.block;
        boolean logged = before.logged;
        if (thread != null) {
            credit(loop, thread, period);
        }
        if (block != null && (thread == null || busySince != before.busySince)) {
            over(block, Duration.ofNanos(lasted(before, now, busySince)));
            block = null;
            logged = false;
        }
        if (thread != null && now - busySince >= BLOCKED_NANOS) {
            Duration lasted = Duration.ofNanos(now - busySince);
            block = block == null ? first(loop, thread, lasted) : replace(block, block.later(lasted, false));
            if (!logged && now - busySince >= LOGGED_NANOS && isStillIn(block, loop, thread)) {
                logged = true;
                log(block);
            }
        } else if (thread != null) {
            soonestBlock = Math.min(soonestBlock, busySince + BLOCKED_NANOS - now);
        }
        seen.put(loop, new Seen(turns, busySince, block, logged));
        return thread != null || turns != before.turns;
    }

    /**
     * Tells whether what was called when a block was first seen is called now. Else it was many short calls, as on a
     * machine that lets the loop run too seldom: then no single one is to blame.
     */
    private boolean isStillIn(Block block, CoreLoop loop, Thread thread) {
        return block.culprit().isPresent()
                && BlockedLoops.culprit(loop, thread, origin).type().equals(block.culprit());
    }

    /**
     * Returns how long a block lasted that has ended since the last look: until the next work began, if there is any.
     */
    private static long lasted(Seen before, long now, long nextBusySince) {
        return (nextBusySince == 0 ? now : Math.min(now, nextBusySince)) - before.busySince;
    }

    private void credit(CoreLoop loop, Thread thread, long nanos) {
        BlockedLoops.Culprit culprit = BlockedLoops.culprit(loop, thread, origin);
        Source source = new Source(loop.name(), culprit.type(), culprit.bundle());
        synchronized (loads) {
            boolean kept = loads.size() < MOST_LOADS || loads.containsKey(source);
            loads.merge(kept ? source : new Source(loop.name(), Optional.empty(), Optional.empty()), nanos, Long::sum);
        }
    }

    private Block first(CoreLoop loop, Thread thread, Duration lasted) {
        BlockedLoops.Culprit culprit = BlockedLoops.culprit(loop, thread, origin);
        List<String> ofUser = culprit.type().isPresent() ? BlockedLoops.framesOfUser(thread) : List.of();
        Block block = new Block(loop.name(), Text.clean(thread.getName()), Instant.now().minus(lasted), lasted, false,
                culprit.type(), culprit.bundle(), ofUser.isEmpty() ? BlockedLoops.frames(thread) : ofUser);
        synchronized (blocks) {
            blocks.addFirst(block);
            if (blocks.size() > MOST_BLOCKS) {
                blocks.removeLast();
            }
        }
        listeners.blocked(block);
        return block;
    }

    private void over(Block block, Duration lasted) {
        listeners.unblocked(replace(block, block.later(lasted, true)));
    }

    private Block replace(Block before, Block now) {
        synchronized (blocks) {
            List<Block> all = List.copyOf(blocks);
            blocks.clear();
            all.forEach(each -> blocks.addLast(each == before ? now : each));
        }
        return now;
    }

    private static void log(Block block) {
        String by = BlockedLoops.text(block.culprit(), block.bundle());
        LOG.log(Level.WARNING, String.format(Locale.ROOT,
                "loop \"%s\" has been held up for %.1f s on thread \"%s\" by %s:"
                        + " nothing else of this loop runs meanwhile; use runInExecutor for what blocks; it is at %s",
                block.loop(), block.lasted().toMillis() / 1e3, block.thread(), by, String.join(" < ", block.stack())),
                null);
    }

    // ---- asking

    /** Returns the latest blocks, the newest first. */
    List<LoopBlock> blocks() {
        synchronized (blocks) {
            return List.copyOf(blocks);
        }
    }

    /** Returns what open loops were busy with, the greatest load first. */
    List<UserLoad> loads() {
        Map<Source, Long> copy;
        synchronized (loads) {
            copy = new HashMap<>(loads);
        }
        return copy.entrySet().stream()
                .<UserLoad>map(each -> new Load(each.getKey().type(), each.getKey().bundle(), each.getKey().loop(),
                        Duration.ofNanos(each.getValue())))
                .sorted(Comparator.comparing(UserLoad::busy).reversed())
                .toList();
    }

    /** Forgets what a closed loop was busy with; after the last loop there is nothing to look at. */
    void closed(CoreLoop loop) {
        synchronized (this) {
            if (loops.isEmpty()) {
                LockSupport.unpark(thread);
            }
        }
        synchronized (loads) {
            loads.keySet().removeIf(source -> source.loop().equals(loop.name()));
        }
    }
}
