package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.loop.Executors;
import aio.loop.LoopFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** The executors of a loop, for work that blocks. */
interface ExecutorsOfLoop extends Executors {
    Kernel kernel();

    DefaultExecutor executor();

    void checkNotManaged(String method);

    @Override
    default <T> LoopFuture<T> runInExecutor(Callable<T> work) {
        return executor().run(work);
    }

    @Override
    default <T> LoopFuture<T> runInExecutor(Executor given, Callable<T> work) {
        return new Background(kernel(), given).run(work);
    }

    @Override
    default void setDefaultExecutor(ExecutorService next) {
        checkNotManaged("setDefaultExecutor");
        executor().set(next);
    }
}
