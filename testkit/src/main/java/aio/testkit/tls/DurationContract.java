package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import aio.EventLoops;
import aio.loop.ConnectionOptions;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.policy.LoopFactory;
import aio.policy.PinOptions;
import aio.testkit.Asyncio;
import aio.testkit.net.LoopThread;
import aio.testkit.net.RecordingProtocol;
import aio.transport.Connection;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Any duration is accepted wherever one can be given: one that stands for "no limit" is none, one in the past is over.
 */
@Asyncio("eventloop#loop.create_connection")
public abstract class DurationContract extends TlsContract {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final List<Duration> LONG = List.of(
            FOREVER, Duration.ofSeconds(Long.MAX_VALUE), Duration.ofNanos(Long.MAX_VALUE), Duration.ofDays(106_752));
    private static final List<Duration> SHORT = List.of(
            Duration.ZERO, Duration.ofNanos(-1), Duration.ofNanos(Long.MIN_VALUE), Duration.ofSeconds(Long.MIN_VALUE));

    /** These limit a wait for the peer, so as in asyncio they must be above zero. */
    private static final Set<String> POSITIVE = Set.of("withSslHandshakeTimeout", "withSslShutdownTimeout");

    /** It needs a registry, and waits as long as there are connections. */
    private static final Set<String> ELSEWHERE = Set.of("PolicyAdmin.drain");

    /** For subclasses. */
    protected DurationContract() {}

    /** How to call each method of the API that takes a duration. */
    private Map<String, Consumer<Duration>> calls(EventLoop idle) {
        ConnectionOptions connection = ConnectionOptions.to("localhost", 1);
        Map<String, Consumer<Duration>> calls = new TreeMap<>();
        calls.put("Scheduling.callLater", given -> idle.callLater(given, () -> {}).cancel());
        calls.put("Scheduling.callAt", given -> idle.callAt(given, () -> {}).cancel());
        calls.put("Distribution.countAtMost", idle.statistics().delay()::countAtMost);
        calls.put("Scheduling.sleep", given -> idle.sleep(given).cancel());
        calls.put("Diagnostics.setSlowCallbackDuration", idle::setSlowCallbackDuration);
        calls.put("Running.shutdownDefaultExecutor", given -> idle.shutdownDefaultExecutor(given).cancel());
        calls.put("ConnectionOptions.withHappyEyeballsDelay", connection::withHappyEyeballsDelay);
        calls.put("TlsOptions.withSslHandshakeTimeout", SERVING::withSslHandshakeTimeout);
        calls.put("TlsOptions.withSslShutdownTimeout", SERVING::withSslShutdownTimeout);
        calls.put("PinOptions.withWatch", PinOptions.defaults()::withWatch);
        calls.put("PinOptions.withMaxLag", PinOptions.defaults()::withMaxLag);
        calls.put("PinOptions.withDuration", PinOptions.defaults()::withDuration);
        return calls;
    }

    private static String keyOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    @Test
    void everyMethodThatTakesADuration_takesAny() throws Exception {
        EventLoop idle = newPolicy().newEventLoop();
        try {
            Map<String, Consumer<Duration>> calls = calls(idle);
            Set<String> all = new TreeSet<>();
            for (Method method : methodsWithADuration()) {
                if (ELSEWHERE.contains(keyOf(method))) {
                    continue;
                }
                all.add(keyOf(method));
                assertThat(calls).as("how to call " + method).containsKey(keyOf(method));
                List<Duration> given = new ArrayList<>(LONG);
                if (!POSITIVE.contains(method.getName())) {
                    given.addAll(SHORT);
                }
                for (Duration each : given) {
                    assertThatCode(() -> calls.get(keyOf(method)).accept(each)).as(method + " with " + each)
                            .doesNotThrowAnyException();
                }
            }
            assertThat(all).isEqualTo(new TreeSet<>(calls.keySet()));
        } finally {
            idle.close();
        }
    }

    /** Finds the methods in the classes of the API, in a folder or a jar. */
    private static List<Method> methodsWithADuration() throws Exception {
        URI home = EventLoops.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path folder = Path.of(home);
        if (Files.isDirectory(folder)) {
            return methodsWithADuration(folder);
        }
        try (FileSystem jar = FileSystems.newFileSystem(folder)) {
            return methodsWithADuration(jar.getPath("/"));
        }
    }

    private static List<Method> methodsWithADuration(Path root) throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.walk(root)) {
            names = files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.startsWith("aio/") && file.endsWith(".class") && !file.contains("-info"))
                    .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .collect(Collectors.toList());
        }
        List<Method> found = new ArrayList<>();
        for (String name : names) {
            Class<?> type = Class.forName(name, false, EventLoops.class.getClassLoader());
            for (Method method : type.getDeclaredMethods()) {
                boolean exported = Modifier.isPublic(type.getModifiers()) && Modifier.isPublic(method.getModifiers());
                List<Class<?>> parameters = Arrays.asList(method.getParameterTypes());
                if (exported && !method.isSynthetic() && parameters.contains(Duration.class)) {
                    found.add(method);
                }
            }
        }
        assertThat(found).as("methods of the API that take a duration").isNotEmpty();
        return found;
    }

    @Test
    void handshakesAndEndings_withoutLimit() throws Exception {
        for (Duration given : List.of(FOREVER, Duration.ofNanos(Long.MAX_VALUE))) {
            Server server = serve(Spawned.echo(), local().withTls(
                    SERVING.withSslHandshakeTimeout(given).withSslShutdownTimeout(given)));
            ConnectionOptions options =
                    to(server, TRUSTING.withSslHandshakeTimeout(given).withSslShutdownTimeout(given));
            Connection<RecordingProtocol> connection = done(loop.createConnection(RecordingProtocol::new, options));
            running.run(() -> connection.transport().write("far".getBytes()));
            assertThat(connection.protocol().awaitBytes(3)).isEqualTo("far".getBytes());
            running.run(connection.transport()::close);
            assertThat(connection.protocol().awaitLost()).isNull();
        }
    }

    @Test
    void happyEyeballs_withoutLimit_orWithoutPause() throws Exception {
        InetAddress refusing = InetAddress.getByName("127.0.0.3");
        EventLoop own = LoopFactory.ofClassPath().newLoop(newPolicy().driver().orElseThrow(),
                LoopOptions.defaults().withFollowing(false)
                        .withResolver(host -> List.of(refusing, InetAddress.getByName("127.0.0.1"))));
        closing(LoopThread.start(own));
        try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            for (Duration given : List.of(FOREVER, LONG.get(2), Duration.ofSeconds(Long.MIN_VALUE))) {
                Connection<RecordingProtocol> connection = done(own.createConnection(RecordingProtocol::new,
                        ConnectionOptions.to("two.test", listening.getLocalPort()).withHappyEyeballsDelay(given)));
                assertThat(connection.transport().getExtraInfo("peername"))
                        .isEqualTo(new InetSocketAddress("127.0.0.1", listening.getLocalPort()));
                own.callSoonThreadsafe(connection.transport()::abort);
            }
        }
    }

    @Test
    @Asyncio("eventloop#loop.shutdown_default_executor")
    void theEndOfTheDefaultExecutor_isWaitedFor_withoutLimit() {
        assertThat(done(loop.runInExecutor(() -> "ran"))).isEqualTo("ran");
        done(loop.shutdownDefaultExecutor(FOREVER));
    }
}
