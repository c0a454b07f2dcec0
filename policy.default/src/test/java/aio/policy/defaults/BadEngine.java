package aio.policy.defaults;

import aio.driver.selector.SelectorDriverFactory;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.ListenerEvents;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An engine that works, as its probe says, and is bad under load. Its bytes and connections are the selector's. */
enum BadEngine {
    /** Fine. */
    GOOD,
    /** Each dispatch takes 60 ms. */
    DELAYS_DISPATCH,
    /** Each poll that has found something returns 60 ms later. */
    DELAYS_POLL,
    /** Every third connection that comes is told as one that could not be accepted, too. */
    FAILS_ACCEPTS,
    /** One poll of fifty fails. */
    FAILS_POLLS,
    /** It keeps something of each poll, and each poll takes longer for all that is kept. */
    LEAKS,
    /** A dispatch does not return, until {@link Engine#letGo}. */
    BLOCKS;

    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
    private static final int PIECE = 20_000;
    private static final long NANOS_A_PIECE = TimeUnit.MICROSECONDS.toNanos(200);
    private static final String PLANTED = "planted by the test";

    Engine engine() {
        return new Engine(this);
    }

    /** A factory of such engines. */
    static final class Engine {
        private final BadEngine kind;
        private volatile boolean letGo;

        Engine(BadEngine kind) {
            this.kind = kind;
        }

        void letGo() {
            letGo = true;
        }

        IoDriverFactory factory() {
            IoDriverFactory real = new SelectorDriverFactory();
            return (IoDriverFactory) Proxy.newProxyInstance(BadEngine.class.getClassLoader(),
                    new Class<?>[] {IoDriverFactory.class}, (proxy, method, given) -> switch (method.getName()) {
                        case "name" -> kind.name();
                        case "open" -> driver((IoDriver) call(real, method, given));
                        case "equals" -> proxy == given[0];
                        default -> call(real, method, given);
                    });
        }

        private IoDriver driver(IoDriver real) {
            Bad bad = new Bad(this, real);
            return (IoDriver) Proxy.newProxyInstance(BadEngine.class.getClassLoader(), new Class<?>[] {IoDriver.class},
                    (proxy, method, given) -> bad.called(method, given));
        }
    }

    private static Object call(Object target, Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(target, given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What one engine does. Its loop's thread. */
    private static final class Bad {
        private static final int CALLS_OF_A_PROBE = 12;
        private final Engine engine;
        private final IoDriver real;
        private final List<byte[]> leaked = new ArrayList<>();
        private int calls;
        private int accepted;
        private int found;

        Bad(Engine engine, IoDriver real) {
            this.engine = engine;
            this.real = real;
        }

        Object called(Method method, Object[] given) throws Throwable {
            return switch (method.getName()) {
                case "poll" -> poll(method, given);
                case "dispatch" -> dispatch(method, given);
                case "adopt" -> adopt(method, given);
                default -> call(real, method, given);
            };
        }

        private Object poll(Method method, Object[] given) throws Throwable {
            calls++;
            if (engine.kind == FAILS_POLLS && calls > CALLS_OF_A_PROBE && calls % 50 == 0) {
                throw new IOException(PLANTED);
            }
            Object answer = call(real, method, given);
            found = (Integer) answer;
            if (engine.kind == DELAYS_POLL && found > 0) {
                LockSupport.parkNanos(DELAY_NANOS);
            }
            if (engine.kind == LEAKS && found > 0) {
                leaked.add(new byte[PIECE]);
                LockSupport.parkNanos(leaked.size() * NANOS_A_PIECE);
            }
            return answer;
        }

        private Object dispatch(Method method, Object[] given) throws Throwable {
            if (engine.kind == DELAYS_DISPATCH && found > 0) {
                LockSupport.parkNanos(DELAY_NANOS);
            }
            while (engine.kind == BLOCKS && calls > CALLS_OF_A_PROBE && !engine.letGo) {
                LockSupport.parkNanos(1_000_000);
            }
            return call(real, method, given);
        }

        private Object adopt(Method method, Object[] given) throws Throwable {
            if (engine.kind != FAILS_ACCEPTS || method.getParameterTypes()[1] != ListenerEvents.class) {
                return call(real, method, given);
            }
            ListenerEvents events = (ListenerEvents) given[1];
            Object wrapped = Proxy.newProxyInstance(BadEngine.class.getClassLoader(),
                    new Class<?>[] {ListenerEvents.class}, (proxy, event, told) -> {
                        Object answer = call(events, event, told);
                        if (event.getName().equals("accepted") && ++accepted % 3 == 0) {
                            events.failed(new IOException(PLANTED));
                        }
                        return answer;
                    });
            return call(real, method, new Object[] {given[0], wrapped});
        }
    }
}
