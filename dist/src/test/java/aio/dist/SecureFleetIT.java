package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A framework whose ZooKeeper speaks TLS: what lies inside {@code aio.policy.fleet} is enough for that. */
@Timeout(180)
class SecureFleetIT {
    private static final String PASSWORD = "secret-word";
    private static final long SECONDS = 60;

    @TempDir
    private Path folder;

    private Map<String, String> server;

    @BeforeEach
    void setProperties() throws Exception {
        keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=server", "-ext", "san=dns:localhost",
                "-storetype", "PKCS12");
        keytool("-exportcert", "-rfc", "-alias", "server", "-file", folder.resolve("server.pem").toString());
        // a server takes these from the system alone
        server = Map.of("zookeeper.serverCnxnFactory", "org.apache.zookeeper.server.NettyServerCnxnFactory",
                "zookeeper.ssl.keyStore.location", folder.resolve("server.p12").toString(),
                "zookeeper.ssl.keyStore.password", PASSWORD, "zookeeper.ssl.clientAuth", "none");
        server.forEach(System::setProperty);
    }

    @AfterEach
    void clearProperties() {
        server.keySet().forEach(System::clearProperty);
    }

    private void keytool(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", folder.resolve("server.p12").toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        assertThat(keytool.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    @Test
    void aNodeDecides_overTls() throws Exception {
        int port = FreePort.find();
        Path client = Files.write(folder.resolve("zookeeper.properties"), List.of("zookeeper.client.secure=true",
                "zookeeper.clientCnxnSocket=org.apache.zookeeper.ClientCnxnSocketNetty",
                "zookeeper.ssl.trustStore.location=" + folder.resolve("server.pem")));
        try (TestingServer zookeeper = new TestingServer(new InstanceSpec(null, FreePort.find(), -1, -1, true, -1,
                        -1, -1, Map.of("secureClientPort", Integer.toString(port))), true);
                FrameworkNode node = FrameworkNode.start("n1", folder.resolve("n1"), "aio-policy-winproactor",
                        "aio-policy-console", "aio-policy-fleet")) {
            assertThat(zookeeper.getPort()).isNotEqualTo(port);
            node.configure("aio.fleet", Map.of("connect", "localhost:" + port, "node", "n1", "client.config",
                    client.toString()));
            await(node, "fleet:status", "fleet 'default', 1 node, coordinator: n1");
            node.command("fleet:use winproactor --wait");
            await(node, "policy:list", "* winproactor ");
        }
    }

    private static void await(FrameworkNode node, String command, String expected) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        String seen = "nothing";
        while (!seen.contains(expected)) {
            assertThat(System.nanoTime() - end).as(command + " says " + seen).isNegative();
            new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
            if (node.hasService("(osgi.command.scope=fleet)")) {
                seen = node.command(command);
            }
        }
    }
}
