package aio.core.loop;

import aio.loop.RunningLoop;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Describes a loop that does not come to its next turn: thread, guilty callback with its bundle, stack. Any thread. */
final class BlockedLoops {
    private static final int FRAMES = 8;
    // one with thousands of busy connections takes 10 to 20 ms
    private static final long LONGEST_TURN_NANOS = 50_000_000;

    private BlockedLoops() {}

    static String describe(CoreLoop loop, Origin origin) {
        Thread thread = loop.kernel().runner();
        Object guilty = loop.kernel().calledUser();
        if (thread == null) {
            return "loop \"" + loop.name() + "\" has not exchanged its driver yet: it goes on in the background";
        }
        if (thread == Thread.currentThread()) {
            return "loop \"" + loop.name() + "\" runs the callback that asked for the exchange of its driver:"
                    + " it follows when that returns";
        }
        if (guilty == null || makesTurns(loop)) {
            return "loop \"" + loop.name() + "\" on thread \"" + thread.getName()
                    + "\" works, and has not finished the exchange of its driver yet: it goes on in the background";
        }
        String bundle = origin.of(guilty.getClass());
        String stack = Arrays.stream(thread.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        return "loop \"" + loop.name() + "\" is blocked on thread \"" + thread.getName() + "\" by "
                + guilty.getClass().getName() + (bundle.isEmpty() ? "" : " of bundle " + bundle)
                + ", and exchanges its driver when that returns; it is at " + stack;
    }

    /**
     * Looks twice: a loop that has much to do, and thousands of connections to carry over, is in another callback each
     * time. A thread that runs a loop itself does not wait for that.
     */
    private static boolean makesTurns(CoreLoop loop) {
        if (RunningLoop.get() != null) {
            return false;
        }
        long turns = loop.kernel().turns();
        long start = System.nanoTime();
        while (loop.kernel().turns() == turns && System.nanoTime() - start < LONGEST_TURN_NANOS) {
            LockSupport.parkNanos(LONGEST_TURN_NANOS / 50);
        }
        return loop.kernel().turns() != turns;
    }
}
