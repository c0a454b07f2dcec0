package aio.core.kernel;

import aio.loop.EventLoop;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;

/** Makes kernels without a loop around them. */
final class Kernels {
    private Kernels() {}

    static Kernel on(IoDriverFactory driver) {
        return on(driver, new Wants());
    }

    /** Makes the kernel of a loop that follows what {@code wants} publishes. */
    static Kernel on(IoDriverFactory driver, Wants wants) {
        EventLoop nobody = (EventLoop) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {EventLoop.class}, (proxy, method, arguments) -> "loop");
        try {
            return new Kernel(nobody, "alone", driver, wants, /* following= */ true, /* placed= */ true,
                    /* clock= */ null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
