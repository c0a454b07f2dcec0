package aio.itest;

import aio.EventLoops;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Brings the driver of another policy, whose dispatch takes so long. */
final class SlowPolicy extends PlainPolicy {
    private final IoDriverFactory real = EventLoops.policy("default").driver().orElseThrow();
    private final long delayNanos;
    private final IoDriverFactory factory = proxy(IoDriverFactory.class, (method, given) -> {
        Object answer = call(real, method, given);
        return method.getName().equals("open") ? driver((IoDriver) answer) : answer;
    });

    SlowPolicy(long delayMillis) {
        delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
    }

    @Override
    public Optional<IoDriverFactory> driver() {
        return Optional.of(factory);
    }

    private IoDriver driver(IoDriver opened) {
        return proxy(IoDriver.class, (method, given) -> {
            if (method.getName().equals("dispatch")) {
                LockSupport.parkNanos(delayNanos);
            }
            return call(opened, method, given);
        });
    }

    private interface Call {
        Object with(Method method, Object[] given) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(SlowPolicy.class.getClassLoader(), new Class<?>[] {type},
                (proxy, method, given) -> switch (method.getName()) {
                    case "equals" -> proxy == given[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> call.with(method, given);
                }));
    }

    private static Object call(Object target, Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(target, given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
