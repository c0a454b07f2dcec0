package aio.policy.winproactor;

import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Drivers that are counted, and seen to be closed once and not used after that. Any thread. */
final class CountingDrivers implements IoDriverFactory {
    private final String name;
    private final IoDriverFactory real;
    private final boolean cannotOpen;
    private final AtomicInteger open = new AtomicInteger();
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    CountingDrivers(String name, IoDriverFactory real, boolean cannotOpen) {
        this.name = name;
        this.real = real;
        this.cannotOpen = cannotOpen;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<DriverFeature> features() {
        return real.features();
    }

    /** Returns how many are open. */
    int open() {
        return open.get();
    }

    /** Returns what was wrong. */
    List<String> wrong() {
        return wrong;
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        if (cannotOpen) {
            throw new IOException("the test wants it");
        }
        IoDriver driver = real.open(context);
        AtomicBoolean closed = new AtomicBoolean();
        open.incrementAndGet();
        return (IoDriver) Proxy.newProxyInstance(CountingDrivers.class.getClassLoader(),
                new Class<?>[] {IoDriver.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        open.decrementAndGet();
                        if (closed.getAndSet(true)) {
                            wrong.add(name + " was closed twice");
                        }
                    } else if (closed.get() && method.getDeclaringClass() == IoDriver.class
                            && !method.getName().equals("wakeup")) {
                        wrong.add(name + " was used after its end: " + method.getName());
                    }
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
