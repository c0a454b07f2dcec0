package aio.policy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.console.json.Json;
import aio.policy.fleet.node.FleetNode;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Wave;
import aio.testkit.FreePort;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page is told of a fleet, with a real server. */
@Timeout(60)
class OverviewTest {
    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    private Path folder;

    private JsonNode told(Overview overview) throws IOException {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        return new ObjectMapper().readTree(Json.text(overview.get()));
    }

    @Test
    void itTellsWhatTheCommandsShow_andReadsAtMostOnceASecond() throws Exception {
        try (TestingServer server = new TestingServer(FreePort.find());
                FleetNode node = LoneNode.start(server, folder)) {
            node.awaitJoined();
            Overview overview = overview(node);
            JsonNode before = told(overview);
            assertThat(before.get("fleet").asText()).isEqualTo("test");
            assertThat(before.get("asOf").asText()).isEqualTo("1970-01-01T00:00:00Z");
            assertThat(before.at("/nodes/0/node").asText()).isEqualTo("n1");
            assertThat(before.at("/status/rollout").isNull()).isTrue();
            assertThat(before.get("history")).isEmpty();

            node.awaitEnd(node.decide(decision("new")).number());
            assertThat(overview.get().get("history")).as("within the second it is what it was").isEqualTo(List.of());
            JsonNode after = told(overview);
            assertThat(after.at("/status/desired").asText()).isEqualTo("new");
            assertThat(after.at("/history/0/phase").asText()).isEqualTo("done");
            assertThat(after.at("/history/0/who").asText()).isEqualTo("anna");
        }
    }

    @Test
    void aNodeThatIsCutOff_saysSo_atOnce_andWhyOnceItKnows() throws Exception {
        AtomicLong ahead = new AtomicLong();
        try (TestingServer server = new TestingServer(FreePort.find());
                FleetNode node = LoneNode.make(server.getConnectString(), folder,
                        () -> System.nanoTime() + ahead.get())) {
            node.start();
            node.awaitJoined();
            server.stop();
            LoneNode.await(() -> !node.isConnected());
            String cutOff = "fleet: this node is cut off from ZooKeeper; it stays as it is, and catches up later";
            assertThatThrownBy(overview(node)::get).isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(cutOff);
            LoneNode.await(() -> {
                ahead.addAndGet(TimeUnit.SECONDS.toNanos(1)); // it looks for the reason after some time
                return node.trouble().isPresent();
            });
            assertThatThrownBy(overview(node)::get)
                    .hasMessageStartingWith(cutOff + ": node 'n1' does not reach ZooKeeper: ");
        }
    }

    @Test
    void aFailure_isToldForASecond_withoutAnotherLook() throws Exception {
        try (TestingServer server = new TestingServer(FreePort.find());
                FleetNode node = LoneNode.start(server, folder);
                CuratorFramework other = CuratorFrameworkFactory.newClient(server.getConnectString(),
                        new RetryOneTime(100))) {
            node.awaitJoined();
            other.start();
            Overview overview = overview(node);
            byte[] before = other.getData().forPath("/aio/test/desired");
            other.setData().forPath("/aio/test/desired", "hello".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(overview::get).hasMessageContaining("somebody else writes there");
            other.setData().forPath("/aio/test/desired", before);
            assertThatThrownBy(overview::get).as("within the second").hasMessageContaining("somebody else writes");
            assertThat(told(overview).get("fleet").asText()).isEqualTo("test");
        }
    }

    @Test
    void aRequestThatIsInterrupted_isToldSo_andOnlyThatOne() throws Exception {
        try (TestingServer server = new TestingServer(FreePort.find());
                FleetNode node = LoneNode.start(server, folder)) {
            node.awaitJoined();
            Overview overview = overview(node);
            Thread.currentThread().interrupt();
            assertThatThrownBy(overview::get).isInstanceOf(IllegalStateException.class)
                    .hasMessage("fleet: the request was interrupted before ZooKeeper had told all: ask again");
            assertThat(Thread.interrupted()).as("as the web server wants it").isTrue();
            assertThat(overview.get().get("fleet")).isEqualTo("test");
        }
    }

    private Overview overview(FleetNode node) {
        return new Overview(node, nanos::get, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    private static Decision decision(String policy) {
        return new Decision(policy, Wave.ONE_FOR_ALL, Duration.ZERO, Optional.empty(), Optional.empty(), false,
                Duration.ofSeconds(10), "anna", Instant.EPOCH);
    }
}
