package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.itest.PlainPolicy.Registered;
import aio.loop.EventLoop;
import aio.policy.ChangeReason;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyTrial;
import aio.policy.TrialState;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

    /** Brings the driver of another policy, whose dispatch takes so long. */
    private static final class Slow extends PlainPolicy {
        private final IoDriverFactory real = EventLoops.policy("default").driver().orElseThrow();
        private final long delayNanos;

        Slow(long delayMillis) {
            delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
        }

        @Override
        public Optional<IoDriverFactory> driver() {
            return Optional.of(factory);
        }

        private final IoDriverFactory factory = proxy(IoDriverFactory.class, (method, given) -> {
            Object answer = call(real, method, given);
            return method.getName().equals("open") ? driver((IoDriver) answer) : answer;
        });

        private IoDriver driver(IoDriver opened) {
            return proxy(IoDriver.class, (method, given) -> {
                if (method.getName().equals("dispatch")) {
                    LockSupport.parkNanos(delayNanos);
                }
                return call(opened, method, given);
            });
        }

        private interface Call {
            Object with(Method method, Object[] given) throws Throwable;
        }

        private static <T> T proxy(Class<T> type, Call call) {
            return type.cast(Proxy.newProxyInstance(Slow.class.getClassLoader(), new Class<?>[] {type},
                    (proxy, method, given) -> switch (method.getName()) {
                        case "equals" -> proxy == given[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> call.with(method, given);
                    }));
        }

        private static Object call(Object target, Method method, Object[] given) throws Throwable {
            try {
                return method.invoke(target, given);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @Test
    void aBadEngine_triedFromTheConsole_isRolledBack_andNoConnectionIsLost() throws Exception {
        admin.pin("default"); // else the other one would be current by its ranking
        try (Registered bad = PlainPolicy.register("bad", -5, new Slow(60));
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
            List<PolicyChange> changes = directory.history();
            assertThat(changes).filteredOn(change -> change.reason() == ChangeReason.ROLLED_BACK).last()
                    .satisfies(change -> assertThat(change.cause()).startsWith("rolled back: loop 'shared' "))
                    .satisfies(change -> assertThat(change.lost()).isZero());
            System.getLogger("aio.itest").log(System.Logger.Level.INFO, "trial: rolled back " + took
                    + " ms after the command, with " + CONNECTIONS + " connections: " + trial.text());
        } finally {
            admin.unpin();
        }
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
