package aio.policy.fleet.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.zookeeper.client.ZKClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of servers that are none of ZooKeeper; of those with certificates {@link TlsTest} tells. */
@Timeout(60)
class ReachTest {
    private final ZKClientConfig config = new ZKClientConfig();

    @Test
    void hostWithoutAnAddress_isNamed() {
        assertThat(why("nobody.invalid:2181")).contains("nobody.invalid:2181 has no address: expected a name");
    }

    @Test
    void portOnWhichNobodyListens_isNamed() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        assertThat(why("127.0.0.1:" + port)).contains("127.0.0.1:" + port + " is not there (Connection refused");
    }

    @Test
    void portThatIsSilent_isNotTakenForOneWithTls() throws Exception {
        config.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
        config.setProperty(ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(why("127.0.0.1:" + server.getLocalPort()))
                    .contains(" is there, but says nothing of TLS for 2 s: expected that of secureClientPort");
        }
    }

    private String why(String connect) {
        AtomicLong now = new AtomicLong();
        Reach reach = new Reach(new Settings(connect, "edge", "n1", Optional.empty(), Optional.empty(),
                Duration.ofSeconds(15)), config, now::get);
        reach.look(/* connected= */ false);
        assertThat(reach.trouble()).as("at first").isEmpty();
        now.set(Duration.ofSeconds(5).toNanos());
        reach.look(/* connected= */ false);
        return reach.trouble().orElseThrow();
    }
}
