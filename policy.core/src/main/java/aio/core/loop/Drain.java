package aio.core.loop;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.core.foreign.Wall;
import aio.core.kernel.Attachment;
import aio.core.kernel.Kernel;
import aio.core.kernel.Resident;
import aio.link.RunningLoop;
import aio.loop.LoopClosedException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lets all loops finish what is in progress: servers accept nothing new, connections get time to end by themselves, and
 * are closed when it is over. The loops continue to run. A loop that does not run, or is blocked, cannot finish
 * anything.
 */
final class Drain {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** How long a loop may take to reply, callbacks that run meanwhile included. */
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<CoreLoop> running;
    private final Origin origin;

    Drain(List<CoreLoop> loops, Origin origin) {
        this.running = loops.stream().filter(loop -> loop.kernel().runner() != null).toList();
        this.origin = origin;
    }

    /**
     * Drains; returns the owners of connections that were still open when the time was over, one line for each.
     *
     * @throws IllegalStateException on the thread of a loop, which would wait for itself
     */
    List<String> run(long patienceNanos) {
        if (RunningLoop.get() != null) {
            throw new IllegalStateException(
                    "a loop cannot be drained from the thread of a loop: call it from another one");
        }
        long deadline = System.nanoTime() + patienceNanos;
        onEach(Drain::isListener, resident -> resident.end(null));
        while (running.stream().anyMatch(Drain::hasConnections) && System.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        Map<String, Integer> held = new TreeMap<>();
        LoopClosedException cause = new LoopClosedException("the loop was drained, and the time for that is over");
        onEach(Drain::isConnection, resident -> {
            if (!resident.isClosing()) {
                synchronized (held) {
                    held.merge(owner(resident), 1, Integer::sum);
                }
            }
            resident.end(cause);
        });
        List<String> holders = new ArrayList<>();
        synchronized (held) {
            held.forEach((owner, count) ->
                    holders.add(count + (count == 1 ? " connection" : " connections") + " of " + owner));
        }
        running.stream()
                .filter(Drain::hasConnections)
                .forEach(loop -> holders.add(loop.info().connections() + " on loop \"" + loop.kernel().loopName()
                        + "\", which is blocked"));
        return holders;
    }

    private static boolean hasConnections(CoreLoop loop) {
        return !loop.isClosed() && loop.info().connections() > 0;
    }

    private static boolean isListener(Resident resident) {
        return resident instanceof Attachment attachment && attachment.kind() == Attachment.Kind.LISTENER;
    }

    private static boolean isConnection(Resident resident) {
        return resident instanceof Attachment attachment
                && (attachment.kind() == Attachment.Kind.CONNECTION || attachment.kind() == Attachment.Kind.CONNECT);
    }

    private String owner(Resident resident) {
        Class<?> type = resident.user().getClass();
        String bundle = origin.of(type);
        return bundle.isEmpty() ? Text.ofClass(type) : "bundle " + bundle;
    }

    /** Does something with residents, each on the thread of its loop, and waits until the users were told. */
    private void onEach(Predicate<Resident> chosen, Consumer<Resident> action) {
        CountDownLatch done = new CountDownLatch(running.size());
        for (CoreLoop loop : running) {
            Kernel kernel = loop.kernel();
            try {
                kernel.callSoonThreadsafe(() -> {
                    try {
                        kernel.residents().of(user -> true).stream().filter(chosen).forEach(resident ->
                                Wall.run(LOG, Level.WARNING, "something on loop \"" + kernel.loopName()
                                        + "\" could not be drained", () -> action.accept(resident)));
                    } finally {
                        // after the calls of connectionLost, which come in the turn after
                        kernel.callSoon(() -> kernel.callSoon(done::countDown));
                    }
                });
            } catch (LoopClosedException e) {
                done.countDown(); // it has ended by itself
            }
        }
        try {
            done.await(ANSWER_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
