package aio.testkit.net;

import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * A driver like another one, except that it does none of what is optional for a driver: it does not watch descriptors.
 */
final class WithoutWatching implements IoDriverFactory {
    private final IoDriverFactory target;

    WithoutWatching(IoDriverFactory target) {
        this.target = target;
    }

    @Override
    public String name() {
        return target.name() + " without watching";
    }

    @Override
    public Set<DriverFeature> features() {
        return Set.of();
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        IoDriver driver = target.open(context);
        return (IoDriver) Proxy.newProxyInstance(
                IoDriver.class.getClassLoader(), new Class<?>[] {IoDriver.class}, (self, method, arguments) -> {
                    if (method.getName().equals("watch")) {
                        throw new UnsupportedOperationException("this driver does not watch descriptors");
                    }
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
