package aio.testkit.net;

import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.Port;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A driver that works, except for one {@link DriverFault} under one loop. The factory and everything that it returns
 * are proxies, so that no method is forgotten. Any thread.
 */
final class TamperedDriver {
    static final String PLANTED = "planted by the test";
    private static final long HANG_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    private final IoDriverFactory real;
    private final String loopName;
    private final DriverFault fault;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger planted = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Map<Class<?>, Object> before = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Adoption> late = new ConcurrentLinkedQueue<>();
    private final List<Throwable> wrong = new CopyOnWriteArrayList<>();

    /** A channel that a driver has, and the receiver of its events. */
    private record Adoption(Channel channel, Class<?> type, Object events) {}

    TamperedDriver(IoDriverFactory real, String loopName, DriverFault fault) {
        this.real = real;
        this.loopName = loopName;
        this.fault = fault;
    }

    IoDriverFactory factory() {
        return (IoDriverFactory) proxy(IoDriverFactory.class, real, null);
    }

    /** Returns how often the fault has happened. */
    int planted() {
        return planted.get();
    }

    int opened() {
        return opened.get();
    }

    int closed() {
        return closed.get();
    }

    /** Returns what a loop has thrown at late events. */
    List<Throwable> wrong() {
        return wrong;
    }

    private Object proxy(Class<?> type, Object target, @Nullable Adoption adoption) {
        return Proxy.newProxyInstance(TamperedDriver.class.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> called(type, target, method, arguments, adoption));
    }

    private @Nullable Object called(Class<?> type, Object target, Method method, Object @Nullable [] arguments,
            @Nullable Adoption adoption) throws Throwable {
        if (method.getDeclaringClass() == Object.class
                || arguments != null && arguments[0] instanceof DriverContext context
                        && !context.loopName().equals(loopName)) {
            return call(target, method, arguments);
        }
        if (method.getName().equals("dispatch")) {
            callLate();
        }
        if (method.getName().equals("close")) {
            closed.incrementAndGet();
        }
        if (method.getName().equals("release")) {
            before.remove(type); // a port that is free may be returned again
        }
        Object answer;
        if (fault.isOf(type, method) && isDue()) {
            planted.incrementAndGet();
            answer = tampered(target, method, arguments, adoption);
        } else {
            answer = call(target, method, arguments);
        }
        if (answer == null || !DriverFault.isOfSpi(method.getReturnType()) || Proxy.isProxyClass(answer.getClass())) {
            return answer;
        }
        opened.addAndGet(answer instanceof IoDriver ? 1 : 0);
        Object handedOut = proxy(method.getReturnType(), answer, adoption(method, arguments));
        before.put(method.getReturnType(), handedOut);
        return handedOut;
    }

    private boolean isDue() {
        int call = calls.incrementAndGet();
        return call == fault.call() || fault.forEver() && call > fault.call();
    }

    private static @Nullable Adoption adoption(Method method, Object @Nullable [] arguments) {
        return arguments != null && arguments.length == 2 && arguments[0] instanceof Channel channel
                ? new Adoption(channel, method.getParameterTypes()[1], arguments[1]) : null;
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private @Nullable Object tampered(Object target, Method method, Object @Nullable [] arguments,
            @Nullable Adoption adoption) throws Throwable {
        switch (fault.kind()) {
            case IO_EXCEPTION -> throw new IOException(PLANTED);
            case UNCHECKED -> throw new IllegalStateException(PLANTED);
            case STACK_OVERFLOW -> throw new StackOverflowError(PLANTED);
            case ASSERTION -> throw new AssertionError(PLANTED);
            case IO_EXCEPTION_BEHIND -> {
                callInVain(target, method, arguments);
                throw new IOException(PLANTED);
            }
            case UNCHECKED_BEHIND -> {
                callInVain(target, method, arguments);
                throw new UnsupportedOperationException(PLANTED);
            }
            case LINKAGE_BEHIND -> {
                callInVain(target, method, arguments);
                throw new NoClassDefFoundError(PLANTED);
            }
            case HANGS -> {
                LockSupport.parkNanos(HANG_NANOS);
                return call(target, method, arguments);
            }
            case LATE_EVENTS -> {
                Object answer = call(target, method, arguments);
                if (adoption != null) {
                    late.add(adoption);
                }
                return answer;
            }
            default -> {
                return nonsense(target, method, arguments);
            }
        }
    }

    private @Nullable Object nonsense(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        Class<?> type = method.getReturnType();
        switch (fault.kind()) {
            case NEGATIVE -> {
                return type == int.class ? (Object) Integer.valueOf(-7) : Long.valueOf(-7);
            }
            case HUGE -> {
                call(target, method, arguments);
                return type == int.class ? (Object) Integer.MAX_VALUE : Long.valueOf(Long.MAX_VALUE / 2);
            }
            case OPPOSITE -> {
                Object answer = call(target, method, arguments);
                return type == boolean.class ? (Object) Boolean.FALSE.equals(answer)
                        : others((Set<?>) answer);
            }
            case CLOSED -> {
                Object driver = call(target, method, arguments);
                ((IoDriver) driver).close();
                return driver;
            }
            case ANOTHERS -> {
                Object another = before.get(type);
                return another == null ? call(target, method, arguments) : another;
            }
            default -> {
                return null;
            }
        }
    }

    private static Set<DriverFeature> others(Set<?> features) {
        Set<DriverFeature> others = EnumSet.allOf(DriverFeature.class);
        others.removeAll(features);
        return others;
    }

    /** Does what was asked for, and then undoes it: what was returned is not left behind. */
    private static void callInVain(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        Object answer = call(target, method, arguments);
        if (answer instanceof Port port) {
            port.release();
        } else if (answer instanceof IoDriver driver) {
            driver.close();
        }
    }

    // ---- events of released ports

    private void callLate() {
        for (Adoption next = late.poll(); next != null; next = late.poll()) {
            for (Method event : next.type().getMethods()) {
                callLate(next, event);
            }
        }
    }

    /** Skips events that would be false because another driver serves the channel, which is still open. */
    private void callLate(Adoption adoption, Method event) {
        boolean harmless = event.getParameterCount() == 0 && !event.getName().equals("endOfStream");
        if (!harmless && adoption.channel().isOpen()) {
            return;
        }
        Object[] arguments = new Object[event.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = event.getParameterTypes()[i];
            arguments[i] = type == int.class ? (Object) 1
                    : type == ByteBuffer.class ? ByteBuffer.allocate(1).put((byte) 1)
                    : type == IOException.class ? new IOException(PLANTED) : null;
            if (arguments[i] == null) {
                return;
            }
        }
        try {
            event.invoke(adoption.events(), arguments);
        } catch (InvocationTargetException e) {
            wrong.add(e.getCause());
        } catch (IllegalAccessException e) {
            wrong.add(e);
        }
    }
}
