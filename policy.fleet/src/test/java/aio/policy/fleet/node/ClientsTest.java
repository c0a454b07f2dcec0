package aio.policy.fleet.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client takes from a server. */
@Timeout(60)
class ClientsTest {
    private static final int CANDIDATES = 20_000;
    private static final int AT_ONCE = 100;

    @Test
    void theCandidatesOfALargeFleet_fitIntoOneReply() throws Exception {
        try (TestingServer server = TestFleet.server();
                CuratorFramework client = Clients.of(TestFleet.settings("n1", server.getConnectString(),
                        Optional.empty()))) {
            client.start();
            client.create().creatingParentsIfNeeded().forPath("/aio/test/leader");
            for (int i = 0; i < CANDIDATES; i += AT_ONCE) {
                List<CuratorOp> ops = new ArrayList<>();
                for (int j = i; j < i + AT_ONCE; j++) {
                    // as long as those that the election makes
                    ops.add(client.transactionOp().create().forPath(String.format(
                            "/aio/test/leader/_c_00000000-0000-0000-0000-%012d-latch-%010d", j, j), new byte[0]));
                }
                client.transaction().forOperations(ops);
            }
            assertThat(client.getChildren().forPath("/aio/test/leader")).hasSize(CANDIDATES);
        }
    }
}
