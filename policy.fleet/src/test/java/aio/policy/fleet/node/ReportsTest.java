package aio.policy.fleet.node;

import static aio.policy.fleet.node.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.fleet.store.FleetStore;
import java.nio.file.Path;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a coordinator reads. */
@Timeout(60)
class ReportsTest {
    @TempDir
    private Path folder;

    @Test
    void untilAllAreRead_nobodyIsAway_howeverLittlePatienceThereIs() throws Exception {
        try (TestingServer server = TestFleet.server(); TestFleet fleet = new TestFleet(folder);
                Proxy proxy = new Proxy(server.getConnectString());
                CuratorFramework client = TestFleet.client(proxy.connect())) {
            fleet.startAll(5, server.getConnectString());
            client.start();
            client.getData().forPath("/aio/test/desired");
            proxy.hold();
            try (Reports reports = new Reports(client, new FleetStore(client, "test"))) {
                assertThat(reports.all()).isEmpty();
                proxy.release();
                await("they are read", () -> reports.all().isPresent());
                assertThat(reports.all().orElseThrow()).hasSize(5);
            }
        }
    }
}
