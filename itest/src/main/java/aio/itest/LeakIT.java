package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.EventLoops;
import aio.itest.probe.StackRunner;
import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.policy.EventLoopPolicy;
import aio.process.ChildProcess;
import aio.process.SubprocessProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/** Proves that a removed policy bundle leaves nothing behind, and that these checks would notice if it did. */
@Timeout(240)
@ExtendWith(LeavesNothing.class)
class LeakIT {
    private static final int CYCLES = 300;
    private static final int WARM_UP = 5;
    private static final int CYCLES_WITH_LEAK = 30;
    private static final int LEAK_EVERY = 10;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final EventLoop loop = Framework.service(EventLoop.class);

    /** Installs, starts, lets connections use it, stops, uninstalls, refreshes. */
    private static void cycle(EchoClients clients, Loaders loaders, CountedStep whileStarted) throws Exception {
        try (Installed win = Installed.winselector()) {
            win.start();
            assertThat(EventLoops.getEventLoopPolicy().getClass().getSimpleName())
                    .isEqualTo("WindowsSelectorEventLoopPolicy");
            clients.awaitProgress();
            loaders.add(win.classLoader());
            whileStarted.run(win);
            win.stop();
        }
    }

    private interface CountedStep {
        void run(Installed win) throws Exception;
    }

    @Test
    void cycles_leaveNoClassLoaderThreadOrDescriptorBehind() throws Exception {
        Loaders loaders = new Loaders();
        try (EchoServer server = EchoServer.on(loop);
                EchoClients clients = EchoClients.connect(server.address(), 3)) {
            for (int i = 0; i < WARM_UP; i++) {
                cycle(clients, loaders, win -> { });
            }
            Set<Thread> threads = threads();
            long descriptors = descriptors();
            for (int i = 0; i < CYCLES; i++) {
                cycle(clients, loaders, LeakIT::useLoopOfItsOwn);
            }

            assertThat(loaders.alive(0)).as("class loaders alive of %s: %s", loaders.size(), loaders.living()).isZero();
            Await.until("no thread came in addition to " + threads, () -> threads.containsAll(threads()));
            Await.until("no more descriptors are open than the " + descriptors + " before",
                    () -> descriptors() <= descriptors);
            clients.finish();
            assertThat(clients.faults()).isEmpty();
            assertThat(server.faults()).isEmpty();
        }
    }

    /** Makes a loop by the policy itself, runs it for a turn and closes it. */
    private static void useLoopOfItsOwn(Installed win) {
        try (EventLoop own = EventLoops.newEventLoop()) {
            EventLoops.setEventLoop(own);
            own.callSoon(own::stop);
            own.runForever();
            assertThat(Framework.driverBundle(own.info())).isEqualTo(win.name());
            EventLoops.setEventLoop(null);
        }
    }

    @Test
    void descriptors_canBeCounted_hereOrTheirCheckIsSkippedAloud() {
        assumeTrue(Files.isDirectory(DESCRIPTORS),
                "open file descriptors were NOT checked: this system has no " + DESCRIPTORS);
        assertThat(descriptors()).isPositive();
    }

    @Test
    void plantedLeak_isDetected() throws Exception {
        Loaders loaders = new Loaders();
        List<EventLoopPolicy> held = new ArrayList<>();
        try (EchoServer server = EchoServer.on(loop);
                EchoClients clients = EchoClients.connect(server.address(), 1)) {
            for (int i = 1; i <= CYCLES_WITH_LEAK; i++) {
                boolean leak = i % LEAK_EVERY == 0;
                cycle(clients, loaders, win -> {
                    if (leak) {
                        held.add(EventLoops.getEventLoopPolicy());
                    }
                });
            }
        }
        int leaks = CYCLES_WITH_LEAK / LEAK_EVERY;
        assertThat(held).hasSize(leaks);
        assertThat(loaders.alive(leaks)).isEqualTo(leaks);
        held.clear();
        assertThat(loaders.alive(0)).isZero();
    }

    @Test
    void threadsOfTheCore_madeWhileABundleIsOnTheStack_doNotKeepItsClassLoader() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch working = new CountDownLatch(1);
        CompletableFuture<LoopFuture<ChildProcess<Quiet>>> child = new CompletableFuture<>();
        Set<Thread> before = threads();
        Loaders loaders = new Loaders();
        LoopThread own = LoopThread.start();
        try {
            whileOnTheStack(loaders, () -> {
                own.loop().runInExecutor(() -> {
                    working.countDown();
                    return end.await(60, TimeUnit.SECONDS);
                });
                child.complete(own.loop().subprocessExec(Quiet::new, List.of("sleep", "60")));
            });
            working.await();
            child.join().get(20, TimeUnit.SECONDS);
            Await.until("executor and processes have threads", () -> coreThreads(before) >= 2);

            assertThat(loaders.alive(0)).as("class loader of the bundle that was on the stack").isZero();
            assertThat(coreThreads(before)).isGreaterThanOrEqualTo(2);
        } finally {
            end.countDown();
            ChildProcess<Quiet> started = child.join().get(20, TimeUnit.SECONDS);
            LoopThread.call(own.loop(), () -> {
                started.transport().kill();
                return null;
            });
            Await.until("the child is gone", () -> started.transport().getReturncode().isPresent());
            own.close();
        }
    }

    private static long coreThreads(Set<Thread> before) {
        return threads().stream().filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().startsWith("aio-") || thread.getName().contains("-executor-"))
                .count();
    }

    private static void whileOnTheStack(Loaders loaders, Runnable work) throws Exception {
        ServiceRegistration<Runnable> registration = Framework.context()
                .registerService(Runnable.class, work, new Hashtable<>(Map.of("aio.itest", "stack")));
        try (Installed bundle = GeneratedBundle.install("itest.stack", StackRunner.class)) {
            bundle.start();
            loaders.add(bundle.classLoader());
            bundle.stop();
        } finally {
            registration.unregister();
        }
    }

    @Test
    void setLoopsAndPins_doNotKeepThePolicy() throws Exception {
        Loaders loaders = new Loaders();
        EventLoop own;
        try (Installed win = Installed.winselector()) {
            win.start();
            Framework.admin().pin("winselector");
            own = EventLoops.newEventLoop();
            EventLoops.setEventLoop(own);
            EventLoops.setEventLoopPolicy(EventLoops.getEventLoopPolicy());
            assertThat(provider()).isEqualTo(win.bundle());
            loaders.add(win.classLoader());
        } finally {
            Framework.admin().unpin();
        }
        assertThat(loaders.alive(0)).isZero();
        assertThat(EventLoops.getEventLoop()).isSameAs(own);
        EventLoops.setEventLoop(null);
        own.close();
    }

    /** In a frame of its own: in Equinox the reference to a service keeps the class loader of its bundle. */
    private static Bundle provider() {
        return Framework.context().getServiceReference(EventLoopPolicy.class).getBundle();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Returns how many are open; 0 where the system does not tell. */
    private static long descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Quiet implements SubprocessProtocol {}
}
