package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.policy.AbsentPolicy;
import aio.policy.Installation;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that io_uring comes and goes like any policy, and leaves nothing behind; where it was built, on Linux. */
@Timeout(120)
@ExtendWith(LeavesNothing.class)
class UringIT {
    private static final String ARTIFACT = "aio-policy-uring";
    private static final String DRIVER = "io_uring";
    private static final int SINCE = 22;
    private static final int CONNECTIONS = 300;
    private static final int ROUNDS = 3;
    private static final int NEWCOMERS_A_STEP = 4;
    private static final int WARM_UP = 5;
    private static final int SHORT_LIVES = 25;

    private final PolicyAdmin admin = Framework.admin();
    private final PolicyDirectory directory = Framework.directory();
    private final EventLoop loop = Framework.service(EventLoop.class);
    private int late;

    @BeforeEach
    void assumeItWasBuilt() {
        assumeTrue(Runtime.version().feature() >= SINCE && Framework.has(ARTIFACT),
                "io_uring was NOT tested: this build has none, see its first lines");
        assumeTrue(System.getProperty("os.name").equals("Linux"), "io_uring was NOT tested: this is no Linux");
    }

    @Test
    void startedPinnedUpdatedRefreshedStopped_underTraffic_losesNothing_andSaysWhy() throws Exception {
        Queue<PolicyChange> changes = new ConcurrentLinkedQueue<>();
        Loaders loaders = new Loaders();
        try (EchoServer server = EchoServer.on(loop);
                Installed uring = Installed.of(ARTIFACT);
                Installation listening = directory.addListener(changes::add);
                EchoClients clients = EchoClients.connect(server.address(), CONNECTIONS);
                Newcomers newcomers = new Newcomers(server.address())) {
            for (int round = 0; round < ROUNDS; round++) {
                uring.start();
                onUring(uring, clients, newcomers);
                assertThat(why("uring")).containsExactly(
                        "current: the highest ranking of all that work");
                uring.update();
                onUring(uring, clients, newcomers);
                loaders.add(uring.classLoader());
                Framework.refresh(uring.bundle());
                onUring(uring, clients, newcomers);
                loaders.add(uring.classLoader());
                admin.pin("default");
                onSelector(clients, newcomers);
                assertThat(why("uring")).containsExactly(
                        "not current: the operator pinned 'default': policy:auto removes the pin");
                admin.unpin();
                onUring(uring, clients, newcomers);
                uring.stop();
                onSelector(clients, newcomers);
                assertThat(directory.absent()).extracting(AbsentPolicy::advice).contains("Bundle " + uring.name()
                        + " is installed, not started: start " + uring.id());
            }
            newcomers.finish();
            clients.finish();
            assertThat(clients.faults()).isEmpty();
            assertThat(newcomers.faults()).isEmpty();
            assertThat(server.faults()).isEmpty();
        }
        assertThat(changes).hasSizeGreaterThanOrEqualTo(ROUNDS * 8)
                .allSatisfy(change -> assertThat(change.lost()).as(change.summary()).isZero());
        assertThat(loaders.alive(0)).as("class loaders of the bundle's old contents").isZero();
    }

    private void onUring(Installed uring, EchoClients clients, Newcomers newcomers) throws Exception {
        // a probe that a busy machine has let come too late is made again
        Await.until("it is current", () -> directory.current().filter(current -> current.name().equals("uring")
                && current.bundle().orElseThrow().id() == uring.id()).isPresent());
        assertThat(directory.current()).map(PolicyInfo::ranking).hasValue(150);
        newcomers.let(NEWCOMERS_A_STEP);
        Await.until("the loop is on " + uring.name(), () -> Framework.driverBundle(loop.info()).equals(uring.name()));
        assertThat(loop.info().driver().orElse("parked")).isEqualTo(DRIVER);
        clients.awaitProgress();
    }

    private void onSelector(EchoClients clients, Newcomers newcomers) throws Exception {
        Framework.awaitCurrent("default");
        newcomers.let(NEWCOMERS_A_STEP);
        Await.until("the loop is on the selector", () -> loop.info().driver().orElse("parked").equals("selector"));
        clients.awaitProgress();
    }

    /** Returns why a policy is current or not, without the origin of its ranking. */
    private List<String> why(String policy) {
        return directory.policies().stream().filter(each -> each.name().equals(policy)).findFirst().orElseThrow().why()
                .stream().filter(line -> !line.startsWith("ranking ")).toList();
    }

    /** {@code -Ditest.uring.lives=1000} is the long form. */
    @Test
    @Timeout(1200)
    void lives_underTraffic_leaveNothing() throws Exception {
        int lives = Integer.parseInt(Framework.property("itest.uring.lives", Integer.toString(SHORT_LIVES)));
        Loaders loaders = new Loaders();
        try (EchoServer server = EchoServer.on(loop);
                EchoClients clients = EchoClients.connect(server.address(), 20)) {
            for (int i = 0; i < WARM_UP; i++) {
                life(clients, loaders);
            }
            assertThat(loaders.alive(0)).isZero();
            Set<Thread> threads = Thread.getAllStackTraces().keySet();
            Held before = Held.now();
            for (int i = 0; i < lives; i++) {
                life(clients, loaders);
            }
            assertThat(loaders.alive(0)).as("class loaders alive of " + loaders.size()).isZero();
            await("no thread came in addition to " + threads,
                    () -> threads.containsAll(Thread.getAllStackTraces().keySet()));
            await("no more is held than " + before, () -> !Held.now().exceeds(before));
            clients.finish();
            assertThat(clients.faults()).isEmpty();
            assertThat(server.faults()).isEmpty();
            assertThat(late).as("lives whose probe was late").isLessThanOrEqualTo(1 + lives / 50);
            System.out.printf("io_uring: %d lives of the bundle, %d of them refused; before %s, after %s%n",
                    lives, late, before, Held.now());
        }
    }

    private boolean isRefused() {
        return directory.current().map(PolicyInfo::name).filter("default"::equals).isPresent();
    }

    private static void await(String what, BooleanSupplier condition) throws Exception {
        Await.until(what, () -> {
            System.gc();
            return condition.getAsBoolean();
        });
    }

    /** Installs, starts, lets connections and a loop of its own use it, stops, uninstalls, refreshes. */
    private void life(EchoClients clients, Loaders loaders) throws Exception {
        try (Installed uring = Installed.of(ARTIFACT)) {
            uring.start();
            Await.until("the loop is on io_uring, or a busy machine was too late for the probe",
                    () -> loop.info().driver().orElse("parked").equals(DRIVER) || isRefused());
            if (isRefused()) {
                late++;
                return;
            }
            clients.awaitProgress();
            try (EventLoop own = EventLoops.newEventLoop()) {
                own.callSoon(own::stop);
                own.runForever();
                assertThat(Framework.driverBundle(own.info())).isEqualTo(uring.name());
            }
            loaders.add(uring.classLoader());
            uring.stop();
            clients.awaitProgress();
        }
    }

    /**
     * What this process holds of the system. The JVM's own mappings come and go; a driver that stayed mapped would be
     * 26 MiB, and one small mapping for each life more than the slack in the long form.
     */
    private record Held(long descriptors, long rings, long mappings, long megabytes, long lockedKilobytes) {
        private static final int MAPPINGS_OF_THE_JVM = 300;
        private static final int MEGABYTES_OF_THE_JVM = 512;

        static Held now() {
            List<String> maps = lines("maps");
            List<String> status = lines("status");
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return new Held(open.count(), maps.stream().filter(line -> line.contains("[io_uring]")).count(),
                        maps.size(), kilobytes(status, "VmSize:") / 1024,
                        kilobytes(status, "VmLck:") + kilobytes(status, "VmPin:"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<String> lines(String file) {
            try {
                return Files.readAllLines(Path.of("/proc/self", file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static long kilobytes(List<String> status, String what) {
            return status.stream().filter(line -> line.startsWith(what))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum();
        }

        boolean exceeds(Held before) {
            return descriptors > before.descriptors || rings > before.rings
                    || mappings > before.mappings + MAPPINGS_OF_THE_JVM
                    || megabytes > before.megabytes + MEGABYTES_OF_THE_JVM || lockedKilobytes > before.lockedKilobytes;
        }
    }
}
