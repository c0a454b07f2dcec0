package aio.core.kernel;

import aio.loop.ExceptionContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells the exception handler of faults of drivers after what a driver was called for: that is half done, and a handler
 * may write to the same connection. Loop thread.
 */
final class FaultReports {
    private final Kernel kernel;
    private final Deque<ExceptionContext> untold = new ArrayDeque<>();

    FaultReports(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Tells soon; at once if the loop does not run, or nothing but the log is told. */
    void tell(ExceptionContext context) {
        if (kernel.isOnLoopThread() && kernel.calls().errors().handler() != null) {
            untold.add(context);
            kernel.executeSoon(this::tellAll);
        } else {
            kernel.report(context);
        }
    }

    /** Tells what is left of the last run. */
    void tellAll() {
        for (ExceptionContext next = untold.poll(); next != null; next = untold.poll()) {
            kernel.report(next);
        }
    }
}
