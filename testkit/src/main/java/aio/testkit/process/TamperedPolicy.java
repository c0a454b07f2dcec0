package aio.testkit.process;

import aio.loop.LoopExit;
import aio.policy.ChildWatcher;
import aio.policy.ChildWatcher.ExitCallback;
import aio.policy.ChildWatcher.Scope;
import aio.policy.EventLoopPolicy;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A policy that works, but for one {@link PolicyFault}. It and the watchers and contexts that it hands out are proxies,
 * so that no method is forgotten. Any thread.
 */
final class TamperedPolicy {
    static final String PLANTED = "planted by the test";
    private static final long HANG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final PolicyFault fault;
    private final EventLoopPolicy policy;
    private final Map<ChildWatcher, ChildWatcher> watchers = new IdentityHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger planted = new AtomicInteger();

    TamperedPolicy(EventLoopPolicy real, PolicyFault fault) {
        this.fault = fault;
        this.policy = (EventLoopPolicy) proxy(EventLoopPolicy.class, real);
    }

    EventLoopPolicy policy() {
        return policy;
    }

    /** Returns a watcher that fails as this policy does; the same one for the same watcher. */
    ChildWatcher watcher(ChildWatcher real) {
        if (Proxy.isProxyClass(real.getClass())) {
            return real;
        }
        synchronized (watchers) {
            return watchers.computeIfAbsent(real, each -> (ChildWatcher) proxy(ChildWatcher.class, each));
        }
    }

    /** Returns how often the fault has happened. */
    int planted() {
        return planted.get();
    }

    /** Tells whether a failure is the planted one, or has it as its cause. */
    static boolean isPlanted(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (PLANTED.equals(each.getMessage())) {
                return true;
            }
        }
        return false;
    }

    private Object proxy(Class<?> type, Object target) {
        return Proxy.newProxyInstance(TamperedPolicy.class.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> called(type, proxy, target, method, arguments));
    }

    private @Nullable Object called(Class<?> type, Object proxy, Object target, Method method,
            Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.getName().equals("equals") ? (Object) (proxy == arguments[0])
                    : call(target, method, arguments);
        }
        Object answer;
        if (fault.isOf(type, method) && calls.incrementAndGet() == fault.call()) {
            planted.incrementAndGet();
            answer = tampered(target, method, arguments);
        } else {
            answer = call(target, method, arguments);
        }
        if (answer instanceof ChildWatcher watcher) {
            return watcher(watcher);
        }
        return answer instanceof Scope ? proxy(Scope.class, answer) : answer;
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private @Nullable Object tampered(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (fault.kind()) {
            case CHECKED -> throw new IOException(PLANTED);
            case UNCHECKED -> throw new IllegalStateException(PLANTED);
            case CANCELLATION -> throw new CancellationException(PLANTED);
            case LOOP_EXIT -> throw new LoopExit(PLANTED);
            case ASSERTION -> throw new AssertionError(PLANTED);
            case STACK_OVERFLOW -> throw new StackOverflowError(PLANTED);
            case UNCHECKED_AFTERWARDS -> {
                callInVain(target, method, arguments);
                throw new IllegalArgumentException(PLANTED);
            }
            case LINKAGE_AFTERWARDS -> {
                callInVain(target, method, arguments);
                throw new NoClassDefFoundError(PLANTED);
            }
            case HANGS -> {
                LockSupport.parkNanos(HANG_NANOS);
                return call(target, method, arguments);
            }
            case OPPOSITE -> {
                return Boolean.FALSE.equals(call(target, method, arguments));
            }
            case TELLS_OF_ANOTHER -> {
                ((ExitCallback) arguments[1]).exited((Long) arguments[0] + 1, 77);
                return call(target, method, arguments);
            }
            case TELLS_TWICE -> {
                ExitCallback callback = (ExitCallback) arguments[1];
                ExitCallback twice = (pid, code) -> {
                    callback.exited(pid, code);
                    callback.exited(pid, code + 1);
                };
                return call(target, method, new Object[] {arguments[0], twice});
            }
            default -> {
                return null; // NULL, NOTHING
            }
        }
    }

    /** Does what was asked for; what is handed out is not left open, for nobody gets it. */
    private static void callInVain(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        Object answer = call(target, method, arguments);
        if (answer instanceof AutoCloseable made && !(answer instanceof ChildWatcher)) {
            made.close();
        }
    }
}
