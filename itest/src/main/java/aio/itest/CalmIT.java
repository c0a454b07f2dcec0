package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.itest.PlainPolicy.Registered;
import aio.loop.EventLoop;
import aio.policy.ChangeReason;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyState;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Proves that a bundle that flaps moves no connection back and forth, and that arrivals wait for their operator. */
@Timeout(180)
@ExtendWith(LeavesNothing.class)
class CalmIT {
    private static final String PID = "aio.policy";
    private static final int CONNECTIONS = 200;
    private static final int FLAPS = 20;
    private static final Duration CALM = Duration.ofSeconds(4);

    private final PolicyDirectory directory = Framework.directory();
    private final EventLoop loop = Framework.service(EventLoop.class);

    @AfterEach
    void end() throws Exception {
        configuration().delete();
        try (Registered low = PlainPolicy.register("low", Integer.MIN_VALUE, new PlainPolicy())) {
            Await.until("arrivals need no confirmation any more", () -> is("low", PolicyState.STANDBY));
        }
    }

    private static Configuration configuration() throws Exception {
        return Framework.service(ConfigurationAdmin.class).getConfiguration(PID, "?");
    }

    private static void configure(Map<String, Object> properties) throws Exception {
        configuration().update(new Hashtable<>(properties));
    }

    private String current() {
        return Framework.directory().current().map(PolicyInfo::name).orElse("none");
    }

    /** Returns how many changes there were. */
    private long changes() {
        List<PolicyChange> history = directory.history();
        return history.get(history.size() - 1).number();
    }

    private static boolean is(String name, PolicyState state) {
        return Framework.directory().policies().stream()
                .anyMatch(policy -> policy.name().equals(name) && policy.state() == state);
    }

    @Test
    void aBundleThatFlaps_isNotFollowed_untilItIsCalm_andNoConnectionIsLost() throws Exception {
        long before = changes();
        configure(Map.of("hold.down.departures", 3, "hold.down.window.millis", 60_000L,
                "hold.down.calm.millis", CALM.toMillis()));
        try (EchoServer server = EchoServer.on(loop);
                Installed win = Installed.winselector();
                EchoClients clients = EchoClients.connect(server.address(), CONNECTIONS)) {
            win.start();
            Await.until("it is held down", () -> {
                win.stop();
                assertThat(current()).as("a departure is followed at once").isEqualTo("default");
                win.start();
                return is("winselector", PolicyState.HELD_DOWN);
            });
            Await.until("the loop is on the standing policy's driver",
                    () -> Framework.driverBundle(loop.info()).startsWith(Framework.DEFAULT + " ["));
            clients.awaitProgress();
            long exchanges = loop.info().exchanges();
            long changes = changes();
            long began = System.nanoTime();
            for (int round = 0; round < FLAPS; round++) {
                began = System.nanoTime();
                if (round % 2 == 0) {
                    win.update();
                } else {
                    win.stop();
                    win.start();
                }
                assertThat(current()).as("round " + round).isEqualTo("default");
            }
            clients.awaitProgress();
            assertThat(loop.info().exchanges()).as("exchanges while it flapped").isEqualTo(exchanges);
            assertThat(changes()).as("changes while it flapped").isEqualTo(changes);
            Await.until("it is followed", () -> current().equals("winselector"));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(CALM);
            Await.until("that is told", () -> changes() == changes + 1);
            assertThat(directory.history()).last().extracting(PolicyChange::reason).isEqualTo(ChangeReason.CALM_AGAIN);
            clients.awaitProgress();
            win.stop();
            assertThat(current()).isEqualTo("default");
            clients.awaitProgress();
            clients.finish();
            assertThat(clients.faults()).isEmpty();
            assertThat(server.faults()).isEmpty();
        }
        assertThat(directory.history()).filteredOn(change -> change.number() > before)
                .allSatisfy(change -> assertThat(change.lost()).isZero());
    }

    @Test
    void anArrival_waitsToBeConfirmed_andARestartKeepsThat() throws Exception {
        configure(Map.of("confirm.arrivals", true));
        try (Registered low = PlainPolicy.register("low", Integer.MIN_VALUE, new PlainPolicy())) {
            Await.until("arrivals are to be confirmed", () -> is("low", PolicyState.UNCONFIRMED));
            try (Installed win = Installed.winselector()) {
                confirmUnderLoad(win);
                keepsIt(low);
            } finally {
                Framework.admin().unconfirm("winselector");
            }
            assertThat(written()).isEmpty();
        }
    }

    private void confirmUnderLoad(Installed win) throws Exception {
        try (EchoServer server = EchoServer.on(loop);
                EchoClients clients = EchoClients.connect(server.address(), CONNECTIONS)) {
            win.start();
            assertThat(current()).isEqualTo("default");
            assertThat(is("winselector", PolicyState.UNCONFIRMED)).isTrue();
            assertThat(Framework.admin().confirm("winselector")).hasValueSatisfying(change ->
                    assertThat(change.summary()).startsWith(
                            "default -> winselector (operator confirmed 'winselector' with rank 100)"));
            assertThat(written()).containsExactly("winselector=100");
            clients.awaitProgress();
            clients.finish();
            assertThat(clients.faults()).isEmpty();
            assertThat(server.faults()).isEmpty();
        }
    }

    private void keepsIt(Registered low) throws Exception {
        low.rank(Integer.MAX_VALUE);
        assertThat(current()).isEqualTo("winselector");
        Bundle core = Framework.bundle(Framework.CORE);
        core.stop();
        core.start();
        Await.until("what was confirmed is current again", () -> current().equals("winselector"));
        assertThat(Framework.directory().confirmed()).containsOnly(Map.entry("winselector", 100));
    }

    private static List<String> written() throws Exception {
        Dictionary<String, Object> properties = configuration().getProperties();
        Object confirmed = properties == null ? null : properties.get("confirmed");
        return confirmed == null ? List.of() : List.of((String[]) confirmed);
    }
}
