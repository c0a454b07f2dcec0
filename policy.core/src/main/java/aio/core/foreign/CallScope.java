package aio.core.foreign;

import aio.spi.IoDriverFactory;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The driver that loops are made on in a call, on its thread alone; nothing is left on the thread after it. */
public final class CallScope {
    private final ThreadLocal<@Nullable IoDriverFactory> driver = new ThreadLocal<>();

    /** Calls other code on behalf of the caller, which gets what is thrown. */
    public <T extends @Nullable Object> T with(IoDriverFactory chosen, Callable<T> call) throws Exception {
        IoDriverFactory before = driver.get();
        driver.set(chosen);
        try {
            return call.call();
        } finally {
            if (before == null) {
                driver.remove();
            } else {
                driver.set(before);
            }
        }
    }

    /** Returns the driver that this thread has chosen; null if it has chosen none. */
    public @Nullable IoDriverFactory driver() {
        return driver.get();
    }
}
