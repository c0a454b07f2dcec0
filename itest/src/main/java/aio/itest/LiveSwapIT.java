package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.EventLoop;
import aio.policy.Installation;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;

/** Proves the promise of the project: policies come and go under load, and no byte, connection or connect is lost. */
@Timeout(300)
@ExtendWith(LeavesNothing.class)
class LiveSwapIT {
    private static final int CONNECTIONS = 1_000;
    private static final int SWAPS = 200;
    private static final int NEWCOMERS_A_STEP = 8;

    private final PolicyDirectory directory = Framework.directory();
    private final EventLoop loop = Framework.service(EventLoop.class);
    private final Queue<PolicyChange> changes = new ConcurrentLinkedQueue<>();
    private EchoServer server;
    private Installation listening;

    @BeforeEach
    void serve() throws Exception {
        server = EchoServer.on(loop);
        listening = directory.addListener(changes::add);
    }

    @AfterEach
    void end() throws Exception {
        listening.close();
        server.close();
    }

    @Test
    void policyBundle_startedUpdatedRefreshedStopped_underLoad_losesNothing() throws Exception {
        Loaders loaders = new Loaders();
        try (Installed win = Installed.winselector();
                EchoClients clients = EchoClients.connect(server.address(), CONNECTIONS);
                Newcomers newcomers = new Newcomers(server.address())) {
            Step awaitLoad = () -> {
                newcomers.let(NEWCOMERS_A_STEP);
                clients.awaitProgress();
            };
            while (changes.size() < SWAPS) {
                newcomers.let(NEWCOMERS_A_STEP);
                win.start();
                onWinselector(win, awaitLoad);
                loaders.add(win.classLoader());
                win.update();
                onWinselector(win, awaitLoad);
                loaders.add(win.classLoader());
                Framework.refresh(win.bundle());
                onWinselector(win, awaitLoad);
                loaders.add(win.classLoader());
                win.stop();
                onDefault(awaitLoad);
            }

            int served = newcomers.finish();
            long bytes = clients.finish();
            assertThat(clients.faults()).isEmpty();
            assertThat(newcomers.faults()).isEmpty();
            Await.until("the server has seen every connection end", () -> server.open() == 0);
            assertThat(server.faults()).isEmpty();
            assertThat(server.accepted()).isEqualTo(CONNECTIONS + served);
            assertThat(bytes).isGreaterThan((long) CONNECTIONS * changes.size() * 100);
            report(served, bytes);
        }
        assertThat(changes).hasSizeGreaterThanOrEqualTo(SWAPS).allSatisfy(change ->
                assertThat(change.lost()).as(change.summary()).isZero());
        // on a busy machine a loop may follow after the wait is over; then nothing is counted
        assertThat(changes).filteredOn(change -> change.stayed().isEmpty()).isNotEmpty().allSatisfy(change ->
                assertThat(change.kept()).as(change.summary()).isGreaterThanOrEqualTo(CONNECTIONS));
        assertThat(loaders.alive(0)).as("class loaders of the bundle's old contents in use").isZero();
    }

    private interface Step {
        void run() throws Exception;
    }

    private void onWinselector(Installed win, Step load) throws Exception {
        Framework.awaitCurrent("winselector");
        onDriverOf(win.name(), load);
    }

    private void onDefault(Step load) throws Exception {
        Framework.awaitCurrent("default");
        onDriverOf(Framework.DEFAULT + " [" + Framework.bundle(Framework.DEFAULT).getBundleId() + "]", load);
    }

    private void onDriverOf(String bundle, Step load) throws Exception {
        Await.until("the loop is on the driver of " + bundle, () -> Framework.driverBundle(loop.info()).equals(bundle));
        load.run();
        assertThat(Framework.driverBundle(loop.info())).isEqualTo(bundle);
    }

    private void report(int served, long bytes) {
        long longest = changes.stream().mapToLong(change -> change.longestPause().toNanos()).max().orElse(0);
        System.out.printf("live swap: %d swaps, %d connections, %d newcomers, %.1f MB echoed and checked,"
                + " longest pause %.1f ms%n", changes.size(), CONNECTIONS, served, bytes / 1e6, longest / 1e6);
    }

    @Test
    void stoppedBundle_hasNoClassInUse_onceRefreshed() throws Exception {
        Loaders loaders = new Loaders();
        try (EchoClients clients = EchoClients.connect(server.address(), 20)) {
            try (Installed win = Installed.winselector()) {
                win.start();
                clients.awaitProgress();
                loaders.add(win.classLoader());
                win.stop();
                Await.until("the loop has followed",
                        () -> Framework.driverBundle(loop.info()).startsWith(Framework.DEFAULT + " ["));
                Framework.refresh(win.bundle());
                assertThat(loaders.alive(0)).isZero();
            }
            clients.awaitProgress();
            clients.finish();
            assertThat(clients.faults()).isEmpty();
        }
        assertThat(server.faults()).isEmpty();
    }

    @Test
    void onlyPolicy_stoppedAndUpdated_parksTheLoop_andConnectionsContinue() throws Exception {
        Bundle standard = Framework.bundle(Framework.DEFAULT);
        try (EchoClients clients = EchoClients.connect(server.address(), 100);
                Newcomers newcomers = new Newcomers(server.address())) {
            for (int round = 0; round < 10; round++) {
                standard.stop();
                assertThat(directory.current()).isEmpty();
                Await.until("the loop has followed", () -> loop.info().driver().isEmpty());
                assertThat(loop.info().connections()).isGreaterThanOrEqualTo(100);
                assertThat(LoopThread.call(loop, () -> "callbacks run")).isEqualTo("callbacks run");
                newcomers.let(2);
                standard.start();
                clients.awaitProgress();

                try (var jar = Framework.jar("aio-policy-default")) {
                    standard.update(jar);
                }
                Framework.awaitCurrent("default");
                clients.awaitProgress();
                Framework.refresh(standard);
                clients.awaitProgress();
            }
            newcomers.finish();
            clients.finish();
            assertThat(clients.faults()).isEmpty();
            assertThat(newcomers.faults()).isEmpty();
        } finally {
            standard.start();
        }
        assertThat(server.faults()).isEmpty();
        assertThat(changes).allSatisfy(change -> assertThat(change.lost()).as(change.summary()).isZero());
    }
}
