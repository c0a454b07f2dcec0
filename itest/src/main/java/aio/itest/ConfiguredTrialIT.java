package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.itest.PlainPolicy.Registered;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.policy.Canary;
import aio.policy.PinOptions;
import aio.policy.PolicyInfo;
import aio.policy.PolicyTrial;
import aio.policy.TrialState;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.ConfigurationAdmin;

/** Proves that a trial can be begun by configuration, is written back when it fails, and does not outlive the core. */
@Timeout(120)
@ExtendWith(LeavesNothing.class)
class ConfiguredTrialIT {
    private static final int CONNECTIONS = 20;
    private static final String PID = "aio.policy";

    private static ConfigurationAdmin configurations() {
        return Framework.service(ConfigurationAdmin.class);
    }

    @BeforeEach
    @AfterEach
    void delete() throws Exception {
        Framework.admin().unpin();
        configurations().getConfiguration(PID, "?").delete();
    }

    private static void configure(Map<String, Object> values) throws Exception {
        configurations().getConfiguration(PID, "?").update(new Hashtable<>(values));
    }

    private static Object written(String key) throws Exception {
        Dictionary<String, Object> written = configurations().getConfiguration(PID, "?").getProperties();
        return written == null ? "nothing" : written.get(key);
    }

    private static String pinned() {
        return Framework.directory().pinned().orElse("none");
    }

    private static LoopInfo shared() {
        return Framework.loops().loops().stream().filter(info -> info.name().equals("shared"))
                .findFirst().orElseThrow();
    }

    @Test
    void aBadEngine_triedByConfiguration_isRolledBack_andThePinIsWrittenBack() throws Exception {
        EventLoop loop = Framework.service(EventLoop.class);
        EchoServer server = EchoServer.on(loop);
        configure(Map.of("pin", "default"));
        Await.until("the pin holds", () -> pinned().equals("default"));
        try (Registered bad = PlainPolicy.register("bad", -5, new SlowPolicy(60));
                EchoClients clients = EchoClients.connect(server.address(), CONNECTIONS)) {
            assertThat(bad.serviceId()).isPositive();
            configure(Map.of("pin", "bad", "canary", "loop:shared", "watch", "30s", "max.lag", "30ms"));
            Await.until("the trial is over",
                    () -> Framework.directory().trial().filter(trial -> trial.state().isOver()).isPresent());
            PolicyTrial trial = Framework.directory().trial().orElseThrow();
            assertThat(trial.state()).as(trial.text()).isEqualTo(TrialState.ROLLED_BACK);
            Await.until("the pin is written back", () -> "default".equals(written("pin")));
            assertThat(written("watch")).as("what a next pin is tried by").isEqualTo("30s");
            Await.until("the loop is back", () -> Framework.driverBundle(loop.info()).startsWith(Framework.DEFAULT));
            assertThat(pinned()).isEqualTo("default");
            clients.awaitProgress();
            clients.finish();
            assertThat(clients.faults()).isEmpty();
            assertThat(server.lost()).isEmpty();
        } finally {
            server.close();
        }
    }

    @Test
    void aTrialUnderWay_endsWithTheCore_andWhatHeldBeforeHoldsAgain() throws Exception {
        try (Installed win = Installed.winselector()) {
            Framework.admin().pin("default");
            win.start();
            Framework.admin().pin("winselector", PinOptions.defaults().withCanary(Canary.loop("shared"))
                    .withWatch(Duration.ofSeconds(90)).withMaxLag(Duration.ofSeconds(60)));
            assertThat(Framework.directory().trial().orElseThrow().state()).isEqualTo(TrialState.WATCHED);
            assertThat(Framework.driverBundle(shared())).startsWith(Framework.WINSELECTOR);
            assertThat(written("pin")).as("what is not decided is not written").isEqualTo("default");
            Bundle core = Framework.bundle(Framework.CORE);
            core.stop();
            core.start();
            Await.until("the pin holds again", () -> pinned().equals("default"));
            assertThat(Framework.directory().trial()).isEmpty();
            Await.until("default is current", () -> Framework.directory().current().map(PolicyInfo::name)
                    .orElse("none").equals("default"));
            Await.until("the loop is there again", () -> Framework.loops().loops().stream()
                    .anyMatch(info -> info.name().equals("shared")));
            Await.until("its driver is default's",
                    () -> Framework.driverBundle(shared()).startsWith(Framework.DEFAULT));
        }
    }
}
