package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.EventLoop;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that loops exchange drivers of different kinds under load, and that each kind unloads completely. */
@Timeout(180)
@ExtendWith(LeavesNothing.class)
class DriverKindsIT {
    private static final int CONNECTIONS = 300;
    private static final int ROUNDS = 15;
    private static final int NEWCOMERS_A_STEP = 4;

    private final PolicyAdmin admin = Framework.admin();
    private final PolicyDirectory directory = Framework.directory();
    private final EventLoop loop = Framework.service(EventLoop.class);

    @Test
    void readinessAndCompletion_inTurn_underLoad_loseNothing() throws Exception {
        Loaders loaders = new Loaders();
        try (EchoServer server = EchoServer.on(loop)) {
            try (Installed proactor = Installed.of("aio-policy-winproactor");
                    Installed selector = Installed.winselector();
                    EchoClients clients = EchoClients.connect(server.address(), CONNECTIONS);
                    Newcomers newcomers = new Newcomers(server.address())) {
                proactor.start();
                assertThat(directory.policies()).extracting(policy -> policy.name())
                        .containsExactly("winproactor", "default");
                for (int round = 0; round < ROUNDS; round++) {
                    goesOn("proactor", proactor.name(), clients, newcomers);
                    selector.start();
                    goesOn("selector", selector.name(), clients, newcomers);
                    admin.pin("winproactor");
                    goesOn("proactor", proactor.name(), clients, newcomers);
                    proactor.update();
                    goesOn("proactor", proactor.name(), clients, newcomers);
                    admin.unpin();
                    goesOn("selector", selector.name(), clients, newcomers);
                    loaders.add(proactor.classLoader());
                    loaders.add(selector.classLoader());
                    selector.stop();
                }
                newcomers.finish();
                clients.finish();
                assertThat(clients.faults()).isEmpty();
                assertThat(newcomers.faults()).isEmpty();
            } finally {
                admin.unpin();
            }
            assertThat(server.faults()).isEmpty();
        }
        assertThat(loaders.alive(0)).as("class loaders alive").isZero();
    }

    private void goesOn(String kind, String bundle, EchoClients clients, Newcomers newcomers) throws Exception {
        newcomers.let(NEWCOMERS_A_STEP);
        Await.until("the loop is on " + kind + " of " + bundle,
                () -> Framework.driverBundle(loop.info()).equals(bundle));
        assertThat(loop.info().driver().orElse("parked")).isEqualTo(kind);
        clients.awaitProgress();
    }
}
