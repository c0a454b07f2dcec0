package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.core.time.Durations;
import aio.loop.Handle;
import aio.loop.Scheduling;
import aio.loop.TimerHandle;
import java.time.Duration;
import java.util.Objects;

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
    default Duration time() {
        return Duration.ofNanos(Kernel.now());
    }
}
