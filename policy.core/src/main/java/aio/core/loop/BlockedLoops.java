package aio.core.loop;

import aio.core.foreign.DriverCalls;
import aio.core.foreign.Text;
import aio.link.RunningLoop;
import aio.loop.BundleId;
import aio.spi.IoDriverFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Describes a loop that does not reach its next turn: thread, callback with its bundle, stack. Any thread. */
final class BlockedLoops {
    private static final int FRAMES = 8;
    private static final int FRAMES_OF_USER = 32;
    private static final List<String> CALLERS = List.of("aio.core.foreign.", "aio.core.kernel.");

    /** A thread rarely has no core for so long, and a driver must rarely be blamed by mistake. */
    private static final long LONGEST_STALL_NANOS = 500_000_000;

    private static final Set<String> DRIVERS = Set.of("aio.core.kernel.Mount", "aio.core.kernel.Carriage");
    // a turn with thousands of busy connections takes 10 to 20 ms
    private static final long LONGEST_TURN_NANOS = 50_000_000;

    private BlockedLoops() {}

    static String describe(CoreLoop loop, Origin origin) {
        String name = "loop \"" + loop.name() + "\"";
        Thread thread = loop.kernel().runner();
        Object guilty = loop.kernel().calledUser();
        if (thread == null) {
            Thread holder = loop.kernel().holder();
            return name + " has not exchanged its driver yet: it continues in the background"
                    + (holder == null ? "" : "; thread \"" + holder.getName() + "\" works for it, at " + stack(holder));
        }
        if (thread == Thread.currentThread()) {
            return name + " runs the callback that asked for the exchange of its driver: it follows when that returns";
        }
        String on = " on thread \"" + thread.getName() + "\"";
        boolean works = makesTurns(loop, guilty == null ? LONGEST_STALL_NANOS : LONGEST_TURN_NANOS);
        if (works || guilty == null && !isInDriver(thread)) {
            return name + on + " works, and has not finished the exchange of its driver yet:"
                    + " it continues in the background";
        }
        return name + " is blocked" + on + " by " + (guilty != null ? user(guilty, origin) : driver(loop, origin))
                + ", and exchanges its driver when that returns; it is at " + stack(thread);
    }

    /** Says what the thread of a loop is busy with. */
    static String busy(CoreLoop loop, Thread thread, Origin origin) {
        Culprit culprit = culprit(loop, thread, origin);
        return "thread \"" + Text.clean(thread.getName()) + "\" is busy with "
                + (culprit.type().isPresent() ? culprit : "nothing in particular") + ", at " + stack(thread);
    }

    /** The object that holds up a loop, and its origin. */
    record Culprit(Optional<String> type, Optional<BundleId> bundle) {
        static final Culprit NOBODY = new Culprit(Optional.empty(), Optional.empty());

        @Override
        public String toString() {
            return text(type, bundle);
        }
    }

    /** Returns a text such as {@code com.example.Client of bundle com.example [42]}. */
    static String text(Optional<String> type, Optional<BundleId> bundle) {
        return type.orElse("nobody") + bundle.map(from -> " of bundle " + from).orElse("");
    }

    /** Returns what a loop is in at this moment: code of a user, or its driver; empty if it is in neither. */
    static Culprit culprit(CoreLoop loop, Thread thread, Origin origin) {
        Object guilty = loop.kernel().calledUser();
        if (guilty != null) {
            return user(guilty, origin);
        }
        return isInDriver(thread) ? driver(loop, origin) : Culprit.NOBODY;
    }

    private static Culprit user(Object guilty, Origin origin) {
        return new Culprit(Optional.of(Text.ofClass(guilty.getClass())), origin.bundle(guilty.getClass()));
    }

    /** Tells whether a thread has called a driver that has not returned: drivers are called from one place. */
    private static boolean isInDriver(Thread thread) {
        return RunningLoop.get() == null
                && Arrays.stream(thread.getStackTrace()).anyMatch(frame -> DRIVERS.contains(frame.getClassName()));
    }

    private static Culprit driver(CoreLoop loop, Origin origin) {
        IoDriverFactory driver = loop.kernel().seat().called();
        return new Culprit(Optional.of("driver " + DriverCalls.textOf(driver)),
                Optional.ofNullable(driver).flatMap(called -> origin.bundle(called.getClass())));
    }

    /** Returns the stack of a thread, the innermost call first. */
    static List<String> frames(Thread thread) {
        return Arrays.stream(thread.getStackTrace()).limit(FRAMES).map(StackTraceElement::toString).toList();
    }

    /** Returns the stack of a thread, the innermost call first, down to the call that the core has made. */
    static List<String> framesOfUser(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .takeWhile(frame -> CALLERS.stream().noneMatch(frame.getClassName()::startsWith))
                .limit(FRAMES_OF_USER)
                .map(StackTraceElement::toString)
                .toList();
    }

    private static String stack(Thread thread) {
        return String.join(" < ", frames(thread));
    }

    /**
     * Looks twice: a loop that has much to do, or thousands of connections to carry, is in another callback each time.
     * A thread that runs a loop itself does not wait for that.
     */
    private static boolean makesTurns(CoreLoop loop, long mostNanos) {
        if (RunningLoop.get() != null) {
            return false;
        }
        long turns = loop.kernel().turns();
        long start = System.nanoTime();
        while (loop.kernel().turns() == turns && System.nanoTime() - start < mostNanos) {
            LockSupport.parkNanos(LONGEST_TURN_NANOS / 50);
        }
        return loop.kernel().turns() != turns;
    }
}
