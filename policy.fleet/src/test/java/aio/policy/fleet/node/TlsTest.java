package aio.policy.fleet.node;

import static aio.policy.fleet.node.SecureServer.PASSWORD;
import static aio.policy.fleet.node.SecureServer.keytool;
import static aio.policy.fleet.node.TestFleet.await;
import static aio.policy.fleet.node.TestFleet.decision;
import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.fleet.rollout.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS alone, and nodes with what docs/fleet.md says, or with something wrong in it. */
@Timeout(180)
class TlsTest {
    private static final Pace PACE = new Pace(Duration.ofMillis(200), Duration.ofMillis(50));

    @TempDir
    private static Path stores;

    @TempDir
    private Path folder;

    private final FakeEngine engine = new FakeEngine("default", "new");

    @BeforeAll
    static void makeStores() throws Exception {
        for (String who : List.of("server", "node")) {
            keytool(stores, "-genkeypair", "-alias", who, "-keyalg", "EC", "-dname", "CN=" + who, "-ext",
                    "san=dns:localhost", "-storetype", "PKCS12", "-keystore", who + ".p12", "-storepass", PASSWORD);
            keytool(stores, "-exportcert", "-rfc", "-alias", who, "-keystore", who + ".p12", "-storepass", PASSWORD,
                    "-file", who + ".pem");
        }
        keytool(stores, "-importcert", "-noprompt", "-alias", "node", "-file", "node.pem", "-storetype", "PKCS12",
                "-keystore", "clients.p12", "-storepass", PASSWORD);
        keytool(stores, "-importcert", "-noprompt", "-alias", "server", "-file", "server.pem", "-storetype", "PKCS12",
                "-keystore", "trust.p12", "-storepass", PASSWORD);
    }

    private SecureServer server(String... properties) throws Exception {
        SecureServer server = new SecureServer(folder, stores.resolve("server.p12"), properties);
        await("the server", server::listens);
        return server;
    }

    /** Starts a node with the lines of docs/fleet.md, and with stores of this test. */
    private FleetNode start(String connect, String... more) throws Exception {
        return start(System::nanoTime, connect, more);
    }

    /** Starts one whose time goes ten times as fast, so that it soon looks why it reaches nobody. */
    private FleetNode startHurried(String connect, String... more) throws Exception {
        return start(() -> 10 * System.nanoTime(), connect, more);
    }

    private FleetNode start(LongSupplier nanos, String connect, String... more) throws Exception {
        List<String> lines = new ArrayList<>(documented().subList(0, 2));
        lines.addAll(Arrays.asList(more));
        Path file = Files.write(folder.resolve("zookeeper.properties"), lines);
        return startWith(nanos, connect, Optional.of(file));
    }

    private FleetNode startWith(LongSupplier nanos, String connect, Optional<Path> file) throws Exception {
        FleetNode node = new FleetNode(
                new Settings(connect, "test", "n1", Optional.of("aio:secret"), file, TestFleet.SESSION), engine,
                new MemoryFile(folder.resolve("memory")), PACE, nanos, Clock.systemUTC());
        node.start();
        return node;
    }

    private static List<String> documented() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "fleet.md")).stream()
                .filter(line -> line.startsWith("zookeeper."))
                .toList();
    }

    /** Returns the third line, with a store of this test. */
    private static String trust(String store) throws IOException {
        assertThat(documented()).hasSize(3);
        String line = documented().get(2);
        return line.substring(0, line.indexOf('=') + 1) + stores.resolve(store);
    }

    private void assertDecides(FleetNode node, SecureServer server) throws Exception {
        try {
            await("it is in", () -> node.reports().size() == 1);
        } catch (AssertionError e) {
            throw new AssertionError(node.trouble() + "\n" + server, e);
        }
        node.decide(decision("new", "100%", 0));
        await("its end", () -> node.state().underWay().isEmpty());
        assertThat(node.state().rollout().orElseThrow().phase()).isEqualTo(Phase.DONE);
        assertThat(engine.pins).containsExactly("new");
    }

    /** Waits until a node says what is wrong; one that looked too early looks again. */
    private static void awaitTrouble(FleetNode node, String... parts) throws Exception {
        try {
            await("it knows why", () -> node.trouble().filter(each -> Stream.of(parts).allMatch(each::contains))
                    .isPresent());
        } catch (AssertionError e) {
            throw new AssertionError(node.trouble() + ", expected " + List.of(parts), e);
        }
    }

    @Test
    void withTheCertificateOfTheServer_aFileOfPem_theFleetDecides() throws Exception {
        try (SecureServer server = server("ssl.clientAuth=none");
                FleetNode node = start(server.connect(), trust("server.pem"))) {
            assertDecides(node, server);
        }
    }

    @Test
    void aServerThatWantsACertificate_isGivenOne_fromAStoreWithAPassword() throws Exception {
        try (SecureServer server = server("ssl.trustStore.location=" + stores.resolve("clients.p12"),
                "ssl.trustStore.password=" + PASSWORD)) {
            try (FleetNode node = startHurried(server.connect(), trust("server.pem"))) {
                awaitTrouble(node, "'n1' does not reach ZooKeeper: " + server.connect()
                        + " refuses this client (",
                        "by zookeeper.ssl.keyStore.location in '",
                        "zookeeper.properties' (key client.config), or ssl.clientAuth=none at the server");
            }
            try (FleetNode node = start(server.connect(), trust("trust.p12"),
                    "zookeeper.ssl.trustStore.password=" + PASSWORD,
                    "zookeeper.ssl.keyStore.location=" + stores.resolve("node.p12"),
                    "zookeeper.ssl.keyStore.password=" + PASSWORD)) {
                assertDecides(node, server);
            }
        }
    }

    @Test
    void whatIsWrong_isSaid_andWhatToDo() throws Exception {
        try (SecureServer server = server("ssl.clientAuth=none")) {
            try (FleetNode node = start(server.connect(), trust("server.pem"))) {
                assertDecides(node, server);
            }
            try (FleetNode node = startHurried(server.connect(), trust("node.pem"))) {
                awaitTrouble(node, "'n1' does not reach ZooKeeper: " + server.connect()
                        + " has a certificate that is not trusted (",
                        "put the certificate of its signer into the file of "
                                + "zookeeper.ssl.trustStore.location, in '",
                        "zookeeper.properties' (key client.config)");
            }
            try (FleetNode node = startHurried(server.connect().replace("localhost", "127.0.0.1"),
                    trust("server.pem"))) {
                awaitTrouble(node, "has a certificate that is not for it (",
                        "expected a name of the certificate in the key connect");
            }
            try (FleetNode node = startHurried(server.connect(), trust("trust.p12"),
                    "zookeeper.ssl.trustStore.password=wrong")) {
                awaitTrouble(node, "a store of '", "zookeeper.ssl.trustStore.password");
            }
            try (FleetNode node = startWith(() -> 10 * System.nanoTime(), server.connect(), Optional.empty())) {
                awaitTrouble(node, server.connect() + " is there (",
                        "or this port is for TLS, which the key client.config is for");
            }
        }
    }

    @Test
    void whoIsNotThere_orSpeaksNoTls_isNamed() throws Exception {
        try (var plain = TestFleet.server(); FleetNode node = startHurried(
                "localhost:" + plain.getPort() + ",localhost:1", trust("server.pem"))) {
            awaitTrouble(node, "localhost:" + plain.getPort() + " speaks no TLS at this port (",
                        "expected that of secureClientPort; localhost:1 is not there (");
        }
    }
}
