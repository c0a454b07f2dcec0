package aio.core.loop;

import aio.core.foreign.CoreLog;
import aio.core.kernel.Outcome;
import aio.link.RunningLoop;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The loops of a core that have something to do for a generation. One thread. */
final class AskedLoops implements Round {
    private static final CoreLog LOG = CoreLog.POLICY;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Origin origin;
    private final IdleLoops idle;
    private final Map<CoreLoop, CompletableFuture<Outcome>> asked = new LinkedHashMap<>();
    private final List<Late> late = new ArrayList<>();

    AskedLoops(Origin origin, IdleLoops idle) {
        this.origin = origin;
        this.idle = idle;
    }

    void expect(CoreLoop loop, CompletableFuture<Outcome> outcome) {
        asked.put(loop, outcome);
    }

    boolean expects(CoreLoop loop) {
        return asked.containsKey(loop);
    }

    @Override
    public Outcome await(long maxWaitNanos) {
        if (asked.isEmpty()) {
            return Outcome.NOTHING;
        }
        asked.keySet().forEach(loop -> idle.nudge(loop.kernel()));
        long deadline = System.nanoTime() + (RunningLoop.get() == null ? maxWaitNanos : 0);
        Outcome all = Outcome.NOTHING;
        for (Map.Entry<CoreLoop, CompletableFuture<Outcome>> entry : asked.entrySet()) {
            CoreLoop loop = entry.getKey();
            boolean isMine = loop.kernel().holder() == Thread.currentThread();
            Outcome outcome = reached(entry.getValue(), isMine ? 0 : deadline - System.nanoTime());
            if (outcome == null) {
                String why = BlockedLoops.describe(loop, origin);
                late.add(new Late(why, entry.getValue()));
                entry.getValue().thenAccept(later -> tell(loop, later));
                outcome = Outcome.stayed(why);
            }
            all = all.plus(outcome);
        }
        return all;
    }

    private static @Nullable Outcome reached(CompletableFuture<Outcome> outcome, long nanos) {
        try {
            return outcome.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return outcome.getNow(null);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the exchange of a driver ended without an outcome", e);
        }
    }

    @Override
    public List<Late> late() {
        return List.copyOf(late);
    }

    /** Logs how the exchange of a loop went that the change was reported without. */
    private static void tell(CoreLoop loop, Outcome outcome) {
        if (outcome.moved() > 0) {
            LOG.log(Level.INFO, String.format(Locale.ROOT, "policy: loop \"%s\" has followed to driver %s"
                    + " in the background; connections kept: %d, lost: %d, longest pause %.1f ms", loop.name(),
                    loop.kernel().seat().driverText(), outcome.kept(), outcome.lost(),
                    outcome.longestPauseNanos() / NANOS_PER_MILLI));
        } else if (!outcome.stayed().isEmpty()) {
            LOG.log(Level.WARNING, "policy: " + String.join("; ", outcome.stayed()));
        }
    }
}
