package aio.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class InstalledPoliciesTest {
    private static final Bundle BUNDLE = proxy(Bundle.class, null);

    @Test
    void noComponentRuntime_isAskedFor_nothingIsKnown() {
        BundleContext context = proxy(BundleContext.class, null);

        assertThat(new InstalledPolicies(context).known(BUNDLE)).isNull();
    }

    /** A framework gives the service of a class to a bundle that does not see the class, and does not mind. */
    @Test
    void runtimeWhoseClassesAreNotExported_isAskedFor_nothingIsKnown() throws Exception {
        Class<?> type = new WithoutRuntime().loadClass(InstalledPolicies.class.getName());
        Constructor<?> constructor = type.getDeclaredConstructor(BundleContext.class);
        Method known = type.getDeclaredMethod("known", Bundle.class);
        constructor.setAccessible(true);
        known.setAccessible(true);
        BundleContext context = proxy(BundleContext.class, proxy(ServiceReference.class, null));

        assertThat(known.invoke(constructor.newInstance(context), BUNDLE)).isNull();
    }

    /** Returns an object whose methods return one value where that is of their type, and nothing else. */
    private static <T> T proxy(Class<T> type, @Nullable Object value) {
        InvocationHandler handler = (self, method, arguments) -> {
            Class<?> returned = method.getReturnType();
            if (returned == boolean.class) {
                return false;
            }
            return returned == Object.class ? new Object() : returned.isInstance(value) ? value : null;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Loads the classes under test anew, and does not see the component runtime. */
    private static final class WithoutRuntime extends ClassLoader {
        WithoutRuntime() {
            super(InstalledPoliciesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.osgi.service.component.runtime.")) {
                throw new ClassNotFoundException(name);
            }
            boolean isTested = List.of("InstalledPolicies", "ComponentStates")
                    .contains(name.substring(name.lastIndexOf('.') + 1));
            return isTested ? defined(name) : super.loadClass(name, resolve);
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
