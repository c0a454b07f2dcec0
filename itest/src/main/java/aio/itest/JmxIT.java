package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Proves what a client of JMX in another process sees and does without a class of aio. */
@Timeout(90)
@ExtendWith(LeavesNothing.class)
class JmxIT {
    private static final String[] TEXT = {String.class.getName()};

    private final MBeanServer platform = ManagementFactory.getPlatformMBeanServer();
    private final Loaders loaders = new Loaders();
    private JMXConnectorServer server;
    private JMXConnector client;
    private MBeanServerConnection beans;

    @BeforeEach
    void connect() throws Exception {
        server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://127.0.0.1"), null, platform);
        server.start();
        client = JMXConnectorFactory.connect(server.getAddress());
        beans = client.getMBeanServerConnection();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        server.stop();
        assertThat(platform.queryNames(new ObjectName("aio:*"), null)).isEmpty();
        assertThat(loaders.size()).isPositive();
        assertThat(loaders.alive(0)).as("class loaders of the bundle").isZero();
    }

    private Installed start() throws Exception {
        Installed jmx = Installed.of("aio-policy-jmx");
        jmx.start();
        loaders.add(jmx.classLoader());
        return jmx;
    }

    private static ObjectName policies() throws Exception {
        return new ObjectName("aio:type=Policies");
    }

    private static ObjectName loop(String name) throws Exception {
        return new ObjectName("aio:type=Loop,name=" + ObjectName.quote(name));
    }

    private String said(String operation, String... arguments) throws Exception {
        return (String) beans.invoke(policies(), operation, arguments, texts(arguments.length));
    }

    private static String[] texts(int count) {
        return Collections.nCopies(count, String.class.getName()).toArray(String[]::new);
    }

    private CompositeData trial() throws Exception {
        return (CompositeData) beans.getAttribute(policies(), "Trial");
    }

    @Test
    void operations_moveLoops_andAttributesShowIt() throws Exception {
        try (Installed jmx = start(); Installed win = Installed.winselector()) {
            win.start();
            assertThat(beans.getAttribute(policies(), "Current")).isEqualTo("winselector");
            assertThat(beans.getAttribute(loop("shared"), "DriverBundle")).isEqualTo(win.name());

            assertThat(said("use", "default")).startsWith("winselector -> default (operator pinned it); ");
            assertThat(beans.getAttribute(policies(), "Pinned")).isEqualTo("default");
            assertThat((String) beans.getAttribute(loop("shared"), "DriverBundle")).startsWith(Framework.DEFAULT);
            assertThat((long) beans.getAttribute(loop("shared"), "Exchanges")).isGreaterThan(1);
            CompositeData[] history = (CompositeData[]) beans.getAttribute(policies(), "History");
            assertThat(history[history.length - 1].get("who")).isEqualTo("operator");

            assertThat(said("auto")).startsWith("default -> winselector ");
            assertThat(said("auto")).isEqualTo("no change: the current policy is 'winselector'");
        }
    }

    @Test
    void aChange_namesTheLoginOfTheConnection(@TempDir Path home) throws Exception {
        Path passwords = Files.writeString(home.resolve("passwords"), "anna secret\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        JMXConnectorServer guarded = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://127.0.0.1"),
                Map.of("jmx.remote.x.password.file", passwords.toString()), platform);
        guarded.start();
        try (Installed jmx = start(); Installed win = Installed.winselector()) {
            win.start();
            assertThatThrownBy(() -> JMXConnectorFactory.connect(guarded.getAddress()))
                    .isInstanceOf(SecurityException.class);
            try (JMXConnector anna = JMXConnectorFactory.connect(guarded.getAddress(),
                    Map.of(JMXConnector.CREDENTIALS, new String[] {"anna", "secret"}))) {
                assertThat((String) anna.getMBeanServerConnection()
                        .invoke(policies(), "use", new Object[] {"default"}, TEXT))
                        .startsWith("winselector -> default (operator 'anna' pinned it); ");
            }
            CompositeData[] history = (CompositeData[]) beans.getAttribute(policies(), "History");
            assertThat(history[history.length - 1].get("who")).isEqualTo("operator 'anna'");
            assertThat((CompositeData[]) beans.getAttribute(policies(), "Policies"))
                    .anySatisfy(each -> assertThat((String[]) each.get("why"))
                            .contains("current: the operator 'anna' pinned 'default'; policy:auto removes the pin"));
            assertThat(said("auto")).startsWith("default -> winselector (operator removed the pin)");
        } finally {
            guarded.stop();
        }
    }

    @Test
    void aTrial_isPlannedBegunAndSeen_fromOutside() throws Exception {
        try (Installed jmx = start(); Installed win = Installed.winselector()) {
            said("use", "default");
            win.start();
            String options = "--canary '100%' --watch 500ms --max-lag 5s";
            CompositeData plan = (CompositeData) beans.invoke(
                    policies(), "plan", new Object[] {"winselector", options}, texts(2));
            assertThat((CompositeData[]) plan.get("loops")).filteredOn(loop -> loop.get("loop").equals("shared"))
                    .singleElement().satisfies(loop -> assertThat(loop.get("step")).isEqualTo("moves"));
            assertThat((String) beans.getAttribute(loop("shared"), "DriverBundle")).startsWith(Framework.DEFAULT);

            assertThat(said("use", "winselector", options))
                    .contains("process -> winselector (operator tries it on 100%, watched for ");
            assertThat(trial().get("policy")).isEqualTo("winselector");
            assertThat(trial().get("canary")).isEqualTo("100%");
            Await.until("the trial is over", () -> trial().get("over").equals(true));
            assertThat(trial().get("state")).as((String) trial().get("text")).isEqualTo("passed");
            Await.until("it is pinned", () -> beans.getAttribute(policies(), "Pinned").equals("winselector"));
            assertThat(beans.getAttribute(loop("shared"), "DriverBundle")).isEqualTo(win.name());
        } finally {
            Framework.admin().unpin();
        }
    }

    @Test
    void aConnection_isShownAndClosed_fromOutside() throws Exception {
        try (Installed jmx = start(); EchoServer echo = EchoServer.on(Framework.service(EventLoop.class));
                Socket peer = new Socket(echo.address().getAddress(), echo.address().getPort())) {
            ObjectName loops = new ObjectName("aio:type=Loops");
            String local = "127.0.0.1:" + peer.getLocalPort();
            Await.until("the connection is there", () -> connections(loops).length == 1);
            CompositeData connection = connections(loops)[0];
            assertThat(connection.get("peer")).isEqualTo(local);
            assertThat((String) beans.invoke(loops, "closeConnection", new Object[] {"shared", connection.get("id")},
                    new String[] {TEXT[0], "long"})).contains(local).endsWith("of 'shared' is closed");
            Await.until("the connection is gone", () -> connections(loops).length == 0);
        }
    }

    private CompositeData[] connections(ObjectName loops) throws Exception {
        return (CompositeData[]) beans.invoke(loops, "connections", new Object[] {"shared"}, TEXT);
    }

    @Test
    void aMistake_isAnExceptionThatEveryClientKnows() throws Exception {
        try (Installed jmx = start()) {
            assertThatThrownBy(() -> said("use", "nobody"))
                    .isInstanceOf(RuntimeMBeanException.class)
                    .rootCause().isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no policy 'nobody'; present: default");
            assertThatThrownBy(() -> beans.invoke(new ObjectName("aio:type=Loops"), "close",
                    new Object[] {"shared"}, TEXT))
                    .rootCause().isInstanceOf(IllegalStateException.class).hasMessageContaining("'shared'");
        }
    }

    @Test
    void beansOfLoops_comeAndGoWithThem() throws Exception {
        try (Installed jmx = start()) {
            Configuration edge = Framework.service(ConfigurationAdmin.class)
                    .getFactoryConfiguration("aio.loop", "edge", "?");
            edge.update(new Hashtable<>());
            Await.until("the loop has a bean", () -> names().contains(loop("edge")));
            assertThat(beans.getAttribute(loop("edge"), "Driver")).isEqualTo("selector");
            edge.delete();
            Await.until("its bean is gone", () -> !names().contains(loop("edge")));
            assertThat(names()).containsExactlyInAnyOrder(
                    policies(), new ObjectName("aio:type=Loops"), loop("shared"));
            jmx.stop();
            assertThat(names()).isEmpty();
            jmx.start();
            assertThat(names()).hasSize(3);
        }
    }

    private Set<ObjectName> names() throws Exception {
        return beans.queryNames(new ObjectName("aio:*"), null);
    }
}
