package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.loop.ErrorHandling;
import aio.loop.ExceptionContext;
import aio.loop.ExceptionHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who is told of failures on a loop. */
interface ErrorsOfLoop extends ErrorHandling {
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
}
