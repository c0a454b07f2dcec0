package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.itest.PlainPolicy.Registered;
import aio.policy.PolicyInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;

/** Proves that the operator's choice holds whether the configuration admin is late, gone, there twice, or dead. */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class ConfigAdminIT {
    private static final String PID = "aio.policy";
    private static final String ADMIN = "org.apache.felix.configadmin";

    private final Bundle admin = Framework.bundle(ADMIN);

    @BeforeEach
    @AfterEach
    void delete() throws Exception {
        admin.start();
        Framework.admin().unpin();
        configuration().delete();
    }

    private static Configuration configuration() throws Exception {
        return Framework.service(ConfigurationAdmin.class).getConfiguration(PID, "?");
    }

    private static Dictionary<String, Object> pin(String name) {
        return FrameworkUtil.asDictionary(Map.of("pin", name));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String current() {
        return Framework.directory().current().map(PolicyInfo::name).orElse("none");
    }

    private static List<String> why() {
        return Framework.directory().current().orElseThrow().why();
    }

    private static Object writtenPin() throws Exception {
        Dictionary<String, Object> written =
                configuration().getProperties();
        return written == null ? "nothing" : written.get("pin");
    }

    @Test
    void pinWithoutIt_holds_andIsWrittenWhenItComes() throws Exception {
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy());
                Registered high = PlainPolicy.register("high", 2, new PlainPolicy())) {
            Framework.admin().pin("high");
            assertThat(writtenPin()).isEqualTo("high");
            admin.stop();
            Framework.admin().pin("low");
            assertThat(why()).contains("is not written to the configuration 'aio.policy', since there is no"
                    + " configuration admin; it is written when one comes");
            admin.start();
            Await.until("it is written", () -> "low".equals(writtenPin()));
            assertThat(current()).isEqualTo("low");
            assertThat(why()).noneMatch(reason -> reason.startsWith("is not written"));
        }
    }

    /**
     * The runtime of components passes over the new one: it counts its changes anew, so it has fewer of them. A
     * listener that holds up the events stands for an admin that tells late.
     */
    @Test
    void configurationThatIsDeletedAndMadeAnew_isTaken() throws Exception {
        Configuration configuration = configuration();
        CountDownLatch isHeldUp = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy());
                Registered high = PlainPolicy.register("high", 2, new PlainPolicy())) {
            for (String name : List.of("low", "high", "low", "high", "low")) {
                configuration.update(pin(name));
                Await.until("the pin is taken", () -> current().equals(name));
            }
            ServiceRegistration<?> slow = Framework.context().registerService(
                    ConfigurationListener.class, event -> {
                        isHeldUp.countDown();
                        await(goOn);
                    }, null);
            try {
                configuration.update(pin("low"));
                await(isHeldUp);
                configuration.delete();
                configuration().update(pin("high"));
                goOn.countDown();
                Await.until("the new one is taken", () -> current().equals("high"));
            } finally {
                goOn.countDown();
                slow.unregister();
            }
        }
    }

    @Test
    void coreThatStartsWithoutIt_takesWhatIsWritten_whenItComes() throws Exception {
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy());
                Registered high = PlainPolicy.register("high", 2, new PlainPolicy())) {
            Framework.admin().pin("low");
            Bundle core = Framework.bundle(Framework.CORE);
            core.stop();
            admin.stop();
            core.start();
            Await.until("the policies are back", () -> current().equals("high"));
            admin.start();
            Await.until("the pin that was written holds again", () -> current().equals("low"));
            assertThat(writtenPin()).isEqualTo("low");
        }
    }

    /**
     * Whichever of two the core uses: a dead one does not keep the operator from pinning, and a live one gets the pin.
     */
    @Test
    void twoOfThem_oneOfWhichIsDead() throws Exception {
        ConfigurationAdmin real = Framework.service(ConfigurationAdmin.class);
        ConfigurationAdmin second = (ConfigurationAdmin) Proxy.newProxyInstance(
                ConfigurationAdmin.class.getClassLoader(), new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        Hashtable<String, Object> first = new Hashtable<>();
        first.put(Constants.SERVICE_RANKING, -1);
        ServiceRegistration<ConfigurationAdmin> registration = FrameworkUtil.getBundle(ConfigAdminIT.class)
                .getBundleContext().registerService(ConfigurationAdmin.class, second, first);
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy());
                Registered high = PlainPolicy.register("high", 2, new PlainPolicy())) {
            Framework.admin().pin("high");
            assertThat(writtenPin()).isEqualTo("high");
            admin.stop(); // the core goes to the second one, which asks a stopped one
            Framework.admin().pin("low");
            assertThat(current()).isEqualTo("low");
            admin.start();
            registration.unregister();
            Await.until("it is written", () -> "low".equals(writtenPin()));
            assertThat(current()).isEqualTo("low");
        } finally {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                assertThat(e).as("it is unregistered already").isNotNull();
            }
        }
    }
}
