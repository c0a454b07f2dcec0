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
        EventLoop nobody = (EventLoop) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {EventLoop.class}, (proxy, method, arguments) -> "loop");
        try {
            return new Kernel(nobody, "alone", driver);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
