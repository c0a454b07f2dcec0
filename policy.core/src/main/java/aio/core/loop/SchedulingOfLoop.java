package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.core.kernel.Sleep;
import aio.core.time.Durations;
import aio.loop.Handle;
import aio.loop.LoopFuture;
import aio.loop.Scheduling;
import aio.loop.TimerHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The callbacks and timers of a loop. Durations become nanoseconds here. */
interface SchedulingOfLoop extends Scheduling {
    Kernel kernel();

    @Override
    default Handle callSoon(Runnable callback) {
        return kernel().callSoon(Objects.requireNonNull(callback, "callback"));
    }

    @Override
    default Handle callSoonThreadsafe(Runnable callback) {
        return kernel().callSoonThreadsafe(Objects.requireNonNull(callback, "callback"));
    }

    @Override
    default TimerHandle callLater(Duration delay, Runnable callback) {
        Objects.requireNonNull(delay, "delay");
        return kernel().callAt(Kernel.now() + Durations.nanos(delay), Objects.requireNonNull(callback, "callback"));
    }

    @Override
    default TimerHandle callAt(Duration when, Runnable callback) {
        Objects.requireNonNull(when, "when");
        return kernel().callAt(Durations.nanos(when), Objects.requireNonNull(callback, "callback"));
    }

    @Override
    default LoopFuture<Void> sleep(Duration delay) {
        Objects.requireNonNull(delay, "delay");
        return Sleep.until(kernel(), Kernel.now() + Durations.nanos(delay));
    }

    @Override
    default <T> @Nullable T callAndWait(Callable<T> work) {
        return CalledWork.result(kernel(), Objects.requireNonNull(work, "work"));
    }

    @Override
    default Duration time() {
        return Duration.ofNanos(Kernel.now());
    }
}
