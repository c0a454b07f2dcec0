package aio.proof.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.policy.Installation;
import aio.testkit.Await;
import aio.testkit.junit.LoopTest;
import aio.testkit.net.EchoProtocol;
import aio.testkit.net.LoopThread;
import aio.testkit.net.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tests of users have at hand. */
@Timeout(60)
class HelpersTest {

    @LoopTest
    void aSwapUnderTraffic_losesNoByte() throws Exception {
        try (LoopThread running = LoopThread.start(EventLoops.newEventLoop())) {
            Server server = running.loop().createServer(EchoProtocol::new, ServerOptions.at("127.0.0.1", 0))
                    .get(10, TimeUnit.SECONDS);
            Traffic clients = Traffic.start(server.addresses().get(0), 20);
            clients.awaitProgress();
            try (Installation other = EventLoops.install(EventLoops.policy("winproactor"))) {
                Await.until("it follows", () -> running.loop().info().driver().orElse("").equals("proactor"));
                clients.awaitProgress();
            }
            clients.awaitProgress();
            clients.stop();
            assertThat(clients.roundTrips()).isPositive();
            running.run(server::close);
            Await.until("all clients are gone", () -> running.loop().info().connections() == 0);
        }
    }

    @Test
    void waitingInVain_saysForWhat() {
        assertThat(Await.becomesTrue(Duration.ofMillis(5), () -> false)).isFalse();
        assertThat(Await.becomesTrue(Duration.ofMillis(5), () -> true)).isTrue();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Await.until("a wonder", () -> false)).isInstanceOf(AssertionError.class)
                    .hasMessage("waited in vain: a wonder");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThatThrownBy(() -> Await.until("a file", () -> {
            throw new IOException("gone");
        })).isInstanceOf(AssertionError.class).hasMessageContaining("the condition failed: ")
                .hasRootCauseMessage("gone");
    }
}
