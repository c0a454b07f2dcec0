package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.core.time.Durations;
import aio.loop.Diagnostics;
import aio.loop.ExceptionContext;
import aio.loop.ExceptionHandler;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The exception handler of a loop, and its debug mode. */
interface DiagnosticsOfLoop extends Diagnostics {
    Kernel kernel();

    void checkNotManaged(String method);

    @Override
    default void setExceptionHandler(@Nullable ExceptionHandler handler) {
        checkNotManaged("setExceptionHandler");
        kernel().calls().errors().setHandler(handler);
    }

    @Override
    default @Nullable ExceptionHandler getExceptionHandler() {
        return kernel().calls().errors().handler();
    }

    @Override
    default void defaultExceptionHandler(ExceptionContext context) {
        kernel().calls().errors().logDefault(Objects.requireNonNull(context, "context"));
    }

    @Override
    default void callExceptionHandler(ExceptionContext context) {
        kernel().callExceptionHandler(Objects.requireNonNull(context, "context"));
    }

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
