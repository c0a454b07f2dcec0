package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.policy.EventLoopPolicy;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves what happens if two frameworks are made to share one copy of {@code policy.api}: the second core is refused
 * with a message, the first continues, and when it stops the second can take its place.
 */
@Timeout(120)
@ExtendWith(LeavesNothing.class)
class SharedApiIT {
    private static final List<String> NEEDED = List.of("org.osgi.util.function", "org.osgi.util.promise",
            "org.osgi.service.component", "org.apache.felix.scr", "aio-policy-core", "aio-policy-default");
    private static final String SHARED = "aio;version=1.0.0,aio.link;version=1.0.0,aio.loop;version=1.0.0,"
            + "aio.policy;version=1.0.0,aio.process;version=1.0.0,aio.process.watcher;version=1.0.0,"
            + "aio.spi;version=1.0.0,aio.transport;version=1.0.0";

    @Test
    void secondCore_isRefusedWithAMessage_andCanTakeOverWhenTheFirstStops(@TempDir Path folder) throws Exception {
        EventLoopPolicy mine = EventLoops.getEventLoopPolicy();
        URL[] shared = {file(folder, "org.apache.felix.framework"), file(folder, "aio-policy-api")};
        Queue<String> log = new ConcurrentLinkedQueue<>();
        Logger logger = Logger.getLogger("aio.policy");
        Handler handler = writingTo(log);
        logger.addHandler(handler);
        try (URLClassLoader loader = new URLClassLoader(shared, ClassLoader.getPlatformClassLoader());
                Shared first = new Shared(loader, folder.resolve("first"))) {
            Await.until("the first framework has its policy", () -> first.policy().equals("default"));
            try (Shared second = new Shared(loader, folder.resolve("second"))) {
                Await.until("the second core was refused: " + log,
                        () -> log.stream().anyMatch(text -> text.contains("a policy registry is bound already")));
                assertThat(log).anySatisfy(text -> assertThat(text)
                        .contains("bound already, by bundle aio.policy.core [")
                        .contains("two copies of policy.core share one policy.api")
                        .contains("stop one of them"));
                assertThat(second.policy()).isEqualTo("none");
                assertThat(first.policy()).isEqualTo("default");

                first.core("stop");
                second.core("stop");
                second.core("start");
                Await.until("the second core has taken over", () -> second.policy().equals("default"));
            }
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(mine);
    }

    private static URL file(Path folder, String artifact) throws Exception {
        Path file = folder.resolve(artifact + ".jar");
        try (InputStream in = Framework.jar(artifact)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file.toUri().toURL();
    }

    private static Handler writingTo(Queue<String> log) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                log.add(entry.getMessage());
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    /** A framework whose very classes are others than those here, so that it is used by reflection. */
    private static final class Shared implements AutoCloseable {
        private final ClassLoader loader;
        private final Object framework;
        private final Object context;
        private final Object core;

        Shared(ClassLoader loader, Path storage) throws Exception {
            this.loader = loader;
            Object factory = loader.loadClass("org.apache.felix.framework.FrameworkFactory")
                    .getConstructor()
                    .newInstance();
            Map<String, String> configuration = Map.of(
                    "org.osgi.framework.storage", storage.toString(),
                    "org.osgi.framework.system.packages.extra", SHARED);
            framework = call("launch.FrameworkFactory", factory, "newFramework", Map.class, configuration);
            call("Bundle", framework, "start", null, null);
            context = call("Bundle", framework, "getBundleContext", null, null);
            for (String artifact : NEEDED) {
                call("Bundle", install(artifact), "start", null, null);
            }
            core = call("BundleContext", context, "getBundle", String.class, "itest:aio-policy-core");
        }

        private Object install(String artifact) throws Exception {
            try (InputStream in = Framework.jar(artifact)) {
                return loader.loadClass("org.osgi.framework.BundleContext")
                        .getMethod("installBundle", String.class, InputStream.class)
                        .invoke(context, "itest:" + artifact, in);
            }
        }

        void core(String startOrStop) throws Exception {
            call("Bundle", core, startOrStop, null, null);
        }

        String policy() throws Exception {
            String name = "aio.policy.PolicyDirectory";
            Object reference = call("BundleContext", context, "getServiceReference", String.class, name);
            if (reference == null) {
                return "none";
            }
            Class<?> type = loader.loadClass("org.osgi.framework.ServiceReference");
            Object directory = call("BundleContext", context, "getService", type, reference);
            Optional<?> current = (Optional<?>) loader.loadClass(name).getMethod("current").invoke(directory);
            return current.isEmpty()
                    ? "none"
                    : (String) loader.loadClass("aio.policy.PolicyInfo").getMethod("name").invoke(current.get());
        }

        private @Nullable Object call(
                String type, Object target, String method, @Nullable Class<?> parameter, @Nullable Object argument)
                throws Exception {
            Class<?> declaring = loader.loadClass("org.osgi.framework." + type);
            try {
                return parameter == null
                        ? declaring.getMethod(method).invoke(target)
                        : declaring.getMethod(method, parameter).invoke(target, argument);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }

        @Override
        public void close() throws Exception {
            call("Bundle", framework, "stop", null, null);
            call("launch.Framework", framework, "waitForStop", long.class, 30_000L);
        }
    }
}
