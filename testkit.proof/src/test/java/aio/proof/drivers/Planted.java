package aio.proof.drivers;

import aio.driver.selector.SelectorDriverFactory;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.Port;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The selector driver with one fault planted: every call of it, of its ports and of their events passes the fault. */
final class Planted implements IoDriverFactory {
    private final SelectorDriverFactory sound = new SelectorDriverFactory();
    private final Fault fault;

    Planted(Fault fault) {
        this.fault = fault;
    }

    @Override
    public String name() {
        return sound.name();
    }

    @Override
    public Set<DriverFeature> features() {
        return sound.features();
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        IoDriver driver = sound.open(context);
        return new Scope(driver).wrapped(IoDriver.class, driver, null);
    }

    /** What belongs to one driver. */
    final class Scope {
        private final IoDriver driver;
        private final Map<String, Object> notes = new ConcurrentHashMap<>();

        private Scope(IoDriver driver) {
            this.driver = driver;
        }

        /** Returns the driver without its fault. */
        IoDriver driver() {
            return driver;
        }

        /** Returns what a fault remembers. */
        Map<String, Object> notes() {
            return notes;
        }

        /** Returns something whose calls pass the fault. */
        private <T> T wrapped(Class<T> type, Object target, @Nullable Object channel) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                    (proxy, method, args) -> method.getDeclaringClass() == Object.class
                            ? plain(proxy, method, args == null ? new Object[0] : args)
                            : fault.call(new Call(this, type, target, method, args(method, args), channel))));
        }

        private Object plain(Object proxy, Method method, Object[] args) {
            return switch (method.getName()) {
                case "equals" -> proxy == args[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "planted " + fault;
            };
        }

        /** Lets the fault hear the events as well. */
        private Object[] args(Method method, Object @Nullable [] given) {
            Object[] args = given == null ? new Object[0] : given.clone();
            if (args.length == 2 && method.getDeclaringClass() == IoDriver.class) {
                args[1] = wrapped(method.getParameterTypes()[1], args[1], args[0]);
            }
            return args;
        }
    }

    /**
     * One call.
     *
     * @param channel that of a port or of its events
     */
    record Call(Scope scope, Class<?> type, Object target, Method method, Object[] args, @Nullable Object channel) {

        /** Returns type and name of what is called, such as {@code StreamPort.release}. */
        String name() {
            return type.getSimpleName() + "." + method.getName();
        }

        boolean is(String name) {
            return name().equals(name);
        }

        /** Does what a sound driver does. */
        Object proceed() throws Throwable {
            return proceed(args);
        }

        Object proceed(Object... changed) throws Throwable {
            Object result;
            try {
                result = method.invoke(target, changed);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            return result instanceof Port ? scope.wrapped(method.getReturnType(), result, args[0]) : result;
        }

        /** Returns what a method without an answer returns. */
        @SuppressWarnings("NullAway")
        Object nothing() {
            return method.getReturnType() == boolean.class ? Boolean.TRUE : null;
        }
    }
}
