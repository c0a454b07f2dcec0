package aio.policy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.console.json.Json;
import aio.policy.fleet.node.FleetNode;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Wave;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
        try (TestingServer server = new TestingServer(); FleetNode node = LoneNode.start(server, folder)) {
            node.awaitJoined();
            Overview overview = new Overview(node, nanos::get);
            JsonNode before = told(overview);
            assertThat(before.get("fleet").asText()).isEqualTo("test");
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
    void aNodeThatIsCutOff_saysSo_atOnce() throws Exception {
        try (TestingServer server = new TestingServer(); FleetNode node = LoneNode.start(server, folder)) {
            node.awaitJoined();
            server.stop();
            LoneNode.await(() -> !node.isConnected());
            assertThatThrownBy(new Overview(node, nanos::get)::get).isInstanceOf(IllegalStateException.class)
                    .hasMessage("fleet: this node is cut off from ZooKeeper; it stays as it is, and catches up later");
        }
    }

    private static Decision decision(String policy) {
        return new Decision(policy, Wave.ONE_FOR_ALL, Duration.ZERO, Optional.empty(), Optional.empty(), false,
                Duration.ofSeconds(10), "anna", Instant.EPOCH);
    }
}
