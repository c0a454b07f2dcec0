package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.link.RegistryLink;
import aio.loop.LoopInfo;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyInfo;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Proves that two frameworks in one JVM share nothing, and that two registries on one copy of the API are refused. */
@Timeout(120)
@ExtendWith(LeavesNothing.class)
class TwoFrameworksIT {
    private static final List<String> NEEDED = List.of(
            "org.osgi.util.function", "org.osgi.util.promise", "org.osgi.service.component", "org.apache.felix.scr",
            "aio-policy-api", "aio-policy-core", "aio-policy-default");
    private static final String REGISTRY = "aio.policy.PolicyRegistry";

    @Test
    void secondFramework_hasPoliciesAndLoopsOfItsOwn(@TempDir Path storage) throws Exception {
        EventLoopPolicy mine = EventLoops.getEventLoopPolicy();
        long changes = aio.itest.Framework.directory().history().size();
        Set<Thread> threads = threads();
        try (Second second = new Second(storage)) {
            assertThat(second.policy()).isEqualTo("default");
            assertThat(second.currentPolicy().getClass().getName()).isEqualTo(mine.getClass().getName());
            assertThat(second.currentPolicy().getClass()).isNotSameAs(mine.getClass());
            assertThat(second.loops()).isEqualTo(1);

            second.install("aio-policy-winselector").start();
            assertThat(second.policy()).isEqualTo("winselector");
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(mine);
            try (LoopThread loop = LoopThread.start()) {
                assertThat(loop.call(() -> "alive")).isEqualTo("alive");
                assertThat(second.loops()).isEqualTo(1);
                second.close();
                assertThat(loop.call(() -> "alive")).isEqualTo("alive");
            }
        }
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(mine);
        assertThat(aio.itest.Framework.directory().history()).hasSize((int) changes);
        assertThat(aio.itest.Framework.loops().loops()).extracting(LoopInfo::name).containsExactly("shared");
        Await.until("no thread of the second framework is left", () -> threads.containsAll(threads()));
    }

    @Test
    void ourSwap_isNotSeenByTheSecondFramework(@TempDir Path storage) throws Exception {
        try (Second second = new Second(storage);
                Installed win = Installed.winselector()) {
            win.start();
            assertThat(aio.itest.Framework.directory().current()).map(PolicyInfo::name).hasValue("winselector");
            assertThat(second.policy()).isEqualTo("default");
        }
    }

    @Test
    void secondRegistryOnOneApi_isRefused_andTheFirstContinues() {
        EventLoopPolicy mine = EventLoops.getEventLoopPolicy();
        assertThatThrownBy(() -> RegistryLink.bind(aio.itest.Framework.registry(),
                aio.itest.Framework.admin(), aio.itest.Framework.directory(), aio.itest.Framework.loops(),
                "bundle itest"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bound already, by bundle aio.policy.core [")
                .hasMessageContaining("bundle itest is refused")
                .hasMessageContaining("give each framework a policy.api of its own");
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(mine);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("aio"))
                .collect(Collectors.toSet());
    }

    /** Another framework of the same class, with bundles of its own. */
    private static final class Second implements AutoCloseable {
        private final Framework framework;

        Second(Path storage) throws Exception {
            ClassLoader loader = aio.itest.Framework.context().getBundle(0).getClass().getClassLoader();
            FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class, loader).findFirst().orElseThrow();
            Map<String, String> configuration = new HashMap<>();
            configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
            configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
            framework = factory.newFramework(configuration);
            framework.start();
            for (String artifact : NEEDED) {
                install(artifact);
            }
            for (Bundle bundle : framework.getBundleContext().getBundles()) {
                bundle.start();
            }
            Await.until("the second framework has a policy", () -> policy().equals("default"));
        }

        Bundle install(String artifact) throws Exception {
            try (InputStream in = aio.itest.Framework.jar(artifact)) {
                return framework.getBundleContext().installBundle("itest:" + artifact, in);
            }
        }

        /** Its services are of classes of its own, so they are called by reflection. */
        private Object ask(String service, String method) throws Exception {
            BundleContext context = framework.getBundleContext();
            ServiceReference<?> reference = context.getServiceReference(service);
            if (reference == null) {
                return Optional.empty();
            }
            Object asked = context.getService(reference);
            Class<?> type = reference.getBundle().loadClass(service);
            assertThat(type).isNotSameAs(Class.forName(service));
            return type.getMethod(method).invoke(asked);
        }

        String policy() throws Exception {
            Optional<?> current = (Optional<?>) ask("aio.policy.PolicyDirectory", "current");
            if (current.isEmpty()) {
                return "none";
            }
            Object info = current.get();
            Method name = info.getClass().getMethod("name");
            name.setAccessible(true);
            return (String) name.invoke(info);
        }

        Object currentPolicy() throws Exception {
            return ask(REGISTRY, "getEventLoopPolicy");
        }

        int loops() throws Exception {
            return ((List<?>) ask("aio.loop.LoopDirectory", "loops")).size();
        }

        @Override
        public void close() throws BundleException, InterruptedException {
            framework.stop();
            FrameworkEvent stopped = framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
            assertThat(stopped.getType()).isEqualTo(FrameworkEvent.STOPPED);
        }
    }
}
