package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.itest.probe.CarelessServer;
import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import aio.loop.Task;
import aio.loop.LoopInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Proves that loops are services: which one a component gets, that it is shared, and which bundle owns what it opens.
 */
@Timeout(90)
@ExtendWith(LeavesNothing.class)
class ManagedLoopIT {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final BundleContext context = Framework.context();

    private List<String> names() throws InvalidSyntaxException {
        return context.getServiceReferences(EventLoop.class, null).stream()
                .map(reference -> (String) reference.getProperty(EventLoop.SERVICE_NAME))
                .sorted()
                .toList();
    }

    private EventLoop named(String name) throws InvalidSyntaxException {
        ServiceReference<EventLoop> reference = context
                .getServiceReferences(EventLoop.class, "(" + EventLoop.SERVICE_NAME + "=" + name + ")")
                .iterator()
                .next();
        return context.getService(reference);
    }

    private static Configuration configure(String name, Map<String, Object> properties) throws IOException {
        Configuration configuration =
                Framework.service(ConfigurationAdmin.class).getFactoryConfiguration("aio.loop", name, "?");
        configuration.update(new Hashtable<>(properties));
        return configuration;
    }

    @Test
    void componentThatTakesALoop_getsTheSharedOne_alsoWhenThereAreOthers() throws Exception {
        Configuration other = configure("other", Map.of());
        try {
            Await.until("the other loop is there", () -> names().equals(List.of("other", "shared")));
            EventLoop loop = Framework.service(LoopUser.class).loop();
            assertThat(loop.name()).isEqualTo("shared");
            assertThat(Framework.service(EventLoop.class)).isSameAs(loop);
            assertThat(context.getServiceReference(EventLoop.class).getProperty(Constants.SERVICE_RANKING))
                    .isEqualTo(Integer.MAX_VALUE);
        } finally {
            other.delete();
        }
        Await.until("the other loop is gone", () -> names().equals(List.of("shared")));
    }

    @Test
    void sharedLoop_staysTheSameObject_throughEverySwap() throws Exception {
        EventLoop loop = Framework.service(LoopUser.class).loop();
        try (Installed win = Installed.winselector()) {
            for (int round = 0; round < 3; round++) {
                win.start();
                assertThat(Framework.driverBundle(loop.info())).isEqualTo(win.name());
                assertThat(Framework.service(LoopUser.class).loop()).isSameAs(loop);
                win.stop();
                assertThat(Framework.driverBundle(loop.info())).startsWith(Framework.DEFAULT);
            }
        }
        assertThat(LoopThread.call(loop, () -> Thread.currentThread().getName())).isEqualTo("aio-loop-shared");
    }

    @Test
    void closeLoop_deletesTheConfiguration_andRefusesWhatNoneMade() throws Exception {
        Configuration other = configure("other", Map.of());
        try {
            Await.until("the other loop is there", () -> names().equals(List.of("other", "shared")));
            Framework.admin().closeLoop("other");
            Await.until("the other loop is gone", () -> names().equals(List.of("shared")));
            assertThatThrownBy(other::getProperties).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> Framework.admin().closeLoop("shared"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("loop 'shared' was not made by a configuration 'aio.loop'");
            Await.until("it is closed", () -> Framework.loops().loops().size() == 1);
            assertThatThrownBy(() -> Framework.admin().closeLoop("other"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no loop 'other'; open: shared");
        } finally {
            configure("other", Map.of()).delete();
        }
        Await.until("only the shared loop is left", () -> names().equals(List.of("shared")));
    }

    @Test
    void configurations_makeRenameAndRemoveLoops() throws Exception {
        Configuration first = configure("first", Map.of("name", "one"));
        Configuration second = configure("second", Map.of());
        try {
            Await.until("both loops are there", () -> names().equals(List.of("one", "second", "shared")));
            EventLoop one = named("one");
            assertThat(one.info()).satisfies(info -> {
                assertThat(info.managed()).isTrue();
                assertThat(info.follows()).isTrue();
                assertThat(Framework.driverBundle(info)).startsWith(Framework.DEFAULT);
            });
            assertThat(LoopThread.call(one, () -> Thread.currentThread().getName())).isEqualTo("aio-loop-one");

            first.update(new Hashtable<>(Map.of("name", "uno")));
            Await.until("the loop has the other name", () -> names().equals(List.of("second", "shared", "uno")));
            Await.until("the loop of the old name is closed", one::isClosed);

            second.delete();
            Await.until("the second loop is gone", () -> names().equals(List.of("shared", "uno")));
        } finally {
            first.delete();
            configure("second", Map.of()).delete();
        }
        Await.until("only the shared loop is left", () -> names().equals(List.of("shared"))
                && Framework.loops().loops().stream().map(LoopInfo::name).toList().equals(List.of("shared")));
    }

    @Test
    void sharedLoop_refusesWhatWouldDisturbOthers() throws Exception {
        EventLoop loop = Framework.service(EventLoop.class);
        for (Runnable refused : List.<Runnable>of(
                loop::stop,
                loop::close,
                loop::runForever,
                () -> loop.setExceptionHandler(null),
                () -> loop.setDefaultExecutor(Executors.newSingleThreadExecutor()))) {
            assertThatThrownBy(refused::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("shared");
            assertThatThrownBy(() -> LoopThread.call(loop, Executors.callable(refused)))
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
        assertThat(LoopThread.call(loop, () -> "runs on")).isEqualTo("runs on");
    }

    @Test
    void whatABundleLeavesOpen_isClosedWhenItStops_andNothingElse() throws Exception {
        EventLoop loop = Framework.service(EventLoop.class);
        Queue<String> log = new ConcurrentLinkedQueue<>();
        ServiceRegistration<?> registration = context.registerService(
                Queue.class, log, new Hashtable<>(Map.of("aio.itest", "log")));
        try (EchoServer mine = EchoServer.on(loop);
                EchoClients clients = EchoClients.connect(mine.address(), 5);
                Installed careless = GeneratedBundle.install("itest.careless", CarelessServer.class)) {
            int timers = LoopThread.call(loop, () -> loop.info().timers());
            int listeners = loop.info().listeners();
            careless.start();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
                client.setSoTimeout(TIMEOUT_MILLIS);
                assertThat(client.getInputStream().readNBytes(2)).containsExactly('h', 'i');
                assertThat(loop.info().listeners()).isEqualTo(listeners + 1);
                Task<?> task = loop.allTasks().stream()
                        .filter(each -> each.getName().equals("careless")).findFirst().orElseThrow();
                int there = port();

                careless.stop();

                assertThat(log).singleElement().asString()
                        .contains(LoopClosedException.class.getSimpleName(), "bundle " + careless.name(), "stopped");
                assertThat(client.getInputStream().read()).isNegative();
                assertThat(loop.info().listeners()).isEqualTo(listeners);
                assertThat(task.isCancelled()).isTrue();
                assertThat(loop.allTasks()).doesNotContain(task);
                assertThat(LoopThread.call(loop, () -> loop.info().timers())).isLessThanOrEqualTo(timers);
                assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), there).close())
                        .isInstanceOf(IOException.class);
            }
            clients.awaitProgress();
            clients.finish();
            assertThat(clients.faults()).isEmpty();
        } finally {
            registration.unregister();
        }
    }

    private int lastPort;

    private int port() throws InvalidSyntaxException {
        for (ServiceReference<?> reference : context.getServiceReferences(Map.class, CarelessServer.FILTER)) {
            lastPort = Integer.parseInt((String) ((Map<?, ?>) context.getService(reference)).get("port"));
        }
        return lastPort;
    }

    @Test
    void stoppedCore_endsItsLoopsInOrder_andTheyComeBackWithIt() throws Exception {
        Configuration other = configure("other", Map.of());
        Bundle core = Framework.bundle(Framework.CORE);
        try {
            Await.until("the other loop is there", () -> names().equals(List.of("other", "shared")));
            EventLoop before = Framework.service(LoopUser.class).loop();
            EchoServer server = EchoServer.on(before);
            try (Socket client = new Socket(server.address().getAddress(), server.address().getPort())) {
                client.setSoTimeout(TIMEOUT_MILLIS);
                client.getOutputStream().write(new byte[] {0, 0, 0, 1});
                assertThat(client.getInputStream().readNBytes(4)).hasSize(4);

                core.stop();

                assertThat(server.lost()).singleElement().satisfies(cause -> assertThat(cause)
                        .isInstanceOf(LoopClosedException.class)
                        .hasMessageContaining("aio.policy.core"));
                assertThat(before.isClosed()).isTrue();
                assertThat(context.getServiceReference(LoopUser.class)).isNull();
                assertThat(client.getInputStream().read()).isNegative();
                assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                        .doesNotContain("aio-loop-shared", "aio-loop-other");
            } finally {
                core.start();
            }
            Await.until("the loops are back", () -> names().equals(List.of("other", "shared")));
            Await.until("the component is back", () -> context.getServiceReference(LoopUser.class) != null);
            EventLoop after = Framework.service(LoopUser.class).loop();
            assertThat(after).isNotSameAs(before);
            Await.until("the loop has a driver",
                    () -> Framework.driverBundle(after.info()).startsWith(Framework.DEFAULT));
            assertThat(LoopThread.call(after, () -> "runs")).isEqualTo("runs");
        } finally {
            other.delete();
        }
        Await.until("only the shared loop is left", () -> names().equals(List.of("shared")));
    }
}
