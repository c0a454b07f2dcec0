package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.core.time.Durations;
import aio.loop.DebugMode;
import java.time.Duration;
import java.util.Objects;

/** The debug mode of a loop. */
interface DebugOfLoop extends DebugMode {
    Kernel kernel();

    void checkNotManaged(String method);

    @Override
    default boolean getDebug() {
        return kernel().calls().debug();
    }

    @Override
    default void setDebug(boolean enabled) {
        checkNotManaged("setDebug");
        kernel().calls().setDebug(enabled);
    }

    @Override
    default Duration getSlowCallbackDuration() {
        return Duration.ofNanos(kernel().calls().slowNanos());
    }

    @Override
    default void setSlowCallbackDuration(Duration duration) {
        checkNotManaged("setSlowCallbackDuration");
        kernel().calls().setSlowNanos(Durations.nanos(Objects.requireNonNull(duration, "duration")));
    }
}
