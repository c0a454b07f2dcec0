package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.itest.PlainPolicy.Registered;
import aio.loop.EventLoop;
import aio.policy.ChangeReason;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyTrial;
import aio.policy.TrialState;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that a bad engine, tried from the console on a loop under load, is rolled back and loses nothing. */
@Timeout(120)
@ExtendWith(LeavesNothing.class)
class TrialIT {
    private static final int CONNECTIONS = 100;

    private final PolicyAdmin admin = Framework.admin();
    private final PolicyDirectory directory = Framework.directory();
    private final EventLoop loop = Framework.service(EventLoop.class);
    private CommandSession session;
    private EchoServer server;

    @BeforeEach
    void open() throws Exception {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        session = Framework.service(CommandProcessor.class).createSession(InputStream.nullInputStream(), out, out);
        Await.until("the commands are there", () -> session.get("policy:use") != null);
        server = EchoServer.on(loop);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        session.close();
    }

    private String run(String command) throws Exception {
        Object result = session.execute(command);
        return result == null ? "" : session.format(result, Converter.INSPECT).toString();
    }

    @Test
    void aBadEngine_triedFromTheConsole_isRolledBack_andNoConnectionIsLost() throws Exception {
        admin.pin("default"); // else the other one would be current by its ranking
        try (Registered bad = PlainPolicy.register("bad", -5, new SlowPolicy(60));
                EchoClients clients = EchoClients.connect(server.address(), CONNECTIONS)) {
            assertThat(bad.serviceId()).isPositive();
            assertThat(run("policy:use bad --dry-run --canary shared")).contains("policy: default -> bad (dry run",
                    "shared", "moves", "canary");
            long begin = System.nanoTime();
            run("policy:use bad --canary shared --watch 30s --max-lag 30ms");
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            PolicyTrial trial = directory.trial().orElseThrow();
            assertThat(trial.state()).as(trial.text()).isEqualTo(TrialState.ROLLED_BACK);
            assertThat(took).as("within the window").isLessThan(30_000);
            Await.until("the loop is back", () -> Framework.driverBundle(loop.info()).startsWith(Framework.DEFAULT));
            clients.awaitProgress();
            clients.finish();
            assertThat(clients.faults()).isEmpty();
            assertThat(server.lost()).isEmpty();
            Await.until("the history says so", () -> !rollBacks().isEmpty()); // told after the loops have followed
            assertThat(rollBacks()).last()
                    .satisfies(change -> assertThat(change.cause()).startsWith("rolled back: loop 'shared' "))
                    .satisfies(change -> assertThat(change.lost()).isZero());
            System.getLogger("aio.itest").log(System.Logger.Level.INFO, "trial: rolled back " + took
                    + " ms after the command, with " + CONNECTIONS + " connections: " + trial.text());
        } finally {
            admin.unpin();
        }
    }

    private List<PolicyChange> rollBacks() {
        return directory.history().stream().filter(change -> change.reason() == ChangeReason.ROLLED_BACK).toList();
    }

    @Test
    void aGoodEngine_passes_andIsPinned() throws Exception {
        try (Installed win = Installed.winselector();
                EchoClients clients = EchoClients.connect(server.address(), CONNECTIONS)) {
            admin.pin("default");
            win.start();
            run("policy:use winselector --canary '100%' --watch 1s --max-lag 5s");
            assertThat(directory.trial().orElseThrow().state()).isEqualTo(TrialState.PASSED);
            assertThat(directory.pinned()).contains("winselector");
            clients.awaitProgress();
            clients.finish();
            assertThat(clients.faults()).isEmpty();
            assertThat(server.lost()).isEmpty();
        } finally {
            admin.unpin();
        }
    }
}
