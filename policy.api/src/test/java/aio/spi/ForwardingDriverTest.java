package aio.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That nothing of a driver is left out, not even what has a default. */
@Timeout(60)
class ForwardingDriverTest {
    private static final int FOUND = 3;
    private static final long TIMEOUT = 7;

    private final List<Object> calls = new ArrayList<>();

    private static final class Forwarding extends ForwardingDriver {
        Forwarding(IoDriver driver) {
            super(driver);
        }
    }

    private Object called(Object self, Method method, Object... args) {
        List<Object> call = new ArrayList<>(List.of(method));
        call.addAll(args == null ? List.of() : Arrays.asList(args));
        calls.add(call);
        return method.getReturnType().isInterface() ? made(method.getReturnType())
                : method.getReturnType() == int.class ? FOUND : null;
    }

    private static Object made(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> null);
    }

    private static Object given(Class<?> type) {
        return type == long.class ? TIMEOUT : type.isInterface() ? made(type) : null;
    }

    private IoDriver recording() {
        return (IoDriver) Proxy.newProxyInstance(IoDriver.class.getClassLoader(), new Class<?>[] {IoDriver.class},
                this::called);
    }

    @Test
    void everyMethod_reachesItsNamesake_withWhatItTakes() throws Exception {
        IoDriver driver = new Forwarding(recording());
        for (Method method : IoDriver.class.getMethods()) {
            calls.clear();
            Object[] args = Arrays.stream(method.getParameterTypes()).map(ForwardingDriverTest::given).toArray();
            Object result = method.invoke(driver, args);
            List<Object> call = new ArrayList<>(List.of(method));
            call.addAll(Arrays.asList(args));
            // identity: the made-up events and ports have no equals
            assertThat(calls).as("calls of " + method).hasSize(1);
            assertThat((List<?>) calls.get(0)).usingElementComparator((one, other) -> same(one, other) ? 0 : 1)
                    .isEqualTo(call);
            assertThat(result == null).as("result of " + method).isEqualTo(method.getReturnType() == void.class);
        }
        assertThat(driver.poll(TIMEOUT)).isEqualTo(FOUND);
    }

    private static boolean same(Object one, Object other) {
        return one == other || one instanceof Long && one.equals(other) || one instanceof Method && one.equals(other);
    }

    @Test
    void whatTheOtherOneThrows_isThrown() throws Exception {
        IoDriver driver = new Forwarding((IoDriver) Proxy.newProxyInstance(IoDriver.class.getClassLoader(),
                new Class<?>[] {IoDriver.class}, (self, method, args) -> {
                    throw new IOException("broken");
                }));
        Method close = IoDriver.class.getMethod("close");
        assertThatThrownBy(() -> close.invoke(driver)).isInstanceOf(InvocationTargetException.class)
                .cause().hasMessage("broken");
    }
}
