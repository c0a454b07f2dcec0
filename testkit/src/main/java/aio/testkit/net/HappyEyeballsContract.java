package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.ConnectionOptions;
import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.testkit.FreePort;
import aio.testkit.VirtualClock;
import aio.transport.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Connecting to several addresses side by side (RFC 8305), and which of them come first. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs a loopback of more than one address, and a backlog that fills")
@Asyncio("eventloop#loop.create_connection")
public abstract class HappyEyeballsContract extends NetContract {
    private static final Duration DELAY = Duration.ofHours(1);

    private final VirtualClock clock = VirtualClock.paused();
    private EventLoop own;

    /** For subclasses. */
    protected HappyEyeballsContract() {}

    @BeforeEach
    void resolveNumbers() {
        own = runWith(LoopOptions.defaults().withResolver(HappyEyeballsContract::resolve).withClock(clock));
    }

    /** Resolves "1-2.test" to 127.0.0.1 and 127.0.0.2, and "6" to ::1. */
    private static List<InetAddress> resolve(String host) throws UnknownHostException {
        return Arrays.stream(host.replace(".test", "").split("-")).map(HappyEyeballsContract::numbered).toList();
    }

    private static InetAddress numbered(String number) {
        return new InetSocketAddress(number.equals("6") ? "::1" : "127.0.0." + number, 0).getAddress();
    }

    private Server serveOn(String host, int port) {
        return closing(done(own.createServer(RecordingProtocol::echo, host, port)));
    }

    private static Object peerOf(Connection<RecordingProtocol> connection) {
        return connection.transport().getExtraInfo("peername", "none");
    }

    @Test
    void theNextAddressIsTriedAfterTheDelay_theFirstThatAnswersWins() throws Exception {
        FullBacklog deaf = closing(new FullBacklog());
        int port = deaf.address().getPort();
        serveOn("127.0.0.2", port);

        LoopFuture<Connection<RecordingProtocol>> attempt = own.createConnection(
                RecordingProtocol::new, ConnectionOptions.to("1-2.test", port).withHappyEyeballsDelay(DELAY));
        Await.until("the first attempt", () -> own.info().connecting() == 1);
        clock.advance(DELAY.minusNanos(1)).get(10, TimeUnit.SECONDS);
        assertThat(attempt.isDone()).isFalse();
        clock.advance(Duration.ofNanos(1)).get(10, TimeUnit.SECONDS);
        Connection<RecordingProtocol> connection = done(attempt);

        assertThat(peerOf(connection)).isEqualTo(new InetSocketAddress("127.0.0.2", port));
        assertThat(own.info().connecting()).as("the loser is closed").isZero();
        connection.transport().write("ping".getBytes());
        Await.until("the echo", () -> connection.protocol().events().contains("data"));
    }

    @Test
    void withoutADelay_theNextAddressWaitsForTheFirstToFail() throws Exception {
        FullBacklog deaf = closing(new FullBacklog());
        int port = deaf.address().getPort();
        Server server = serveOn("127.0.0.2", port);

        LoopFuture<Connection<RecordingProtocol>> attempt =
                own.createConnection(RecordingProtocol::new, ConnectionOptions.to("1-2.test", port));
        Await.until("the first attempt", () -> own.info().connecting() == 1);
        clock.advance(DELAY).get(10, TimeUnit.SECONDS);

        assertThat(attempt.isDone()).isFalse();
        assertThat(server.isServing()).isTrue();
        attempt.cancel();
        Await.until("the attempt is closed", () -> own.info().connecting() == 0);
    }

    @Test
    void aFailure_startsTheNextAddressAtOnce() throws Exception {
        int port = FreePort.find();
        serveOn("127.0.0.2", port);

        Connection<RecordingProtocol> connection = done(own.createConnection(
                RecordingProtocol::new, ConnectionOptions.to("1-2.test", port).withHappyEyeballsDelay(DELAY)));

        assertThat(peerOf(connection)).isEqualTo(new InetSocketAddress("127.0.0.2", port));
    }

    @Test
    void whenAllFail_allFailuresAreTold() throws Exception {
        int port = FreePort.find();

        Throwable failure = failureOf(() -> own.createConnection(RecordingProtocol::new,
                ConnectionOptions.to("1-2-3.test", port).withHappyEyeballsDelay(DELAY).withAllErrors(true)));

        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(failure.getSuppressed()).hasSize(3);
    }

    @Test
    void cancelling_closesAllAttempts() throws Exception {
        FullBacklog deaf = closing(new FullBacklog());
        int port = deaf.address().getPort();
        closing(new FullBacklog(new InetSocketAddress("127.0.0.2", port)));

        cancelBoth(port); // the JDK opens a socket of its own when it closes one for the first time
        long open = cancelBoth(port);
        Await.until("their sockets are closed", () -> Descriptors.count() <= open - 2);
    }

    /** Begins two attempts and cancels them; returns how many descriptors were open in between. */
    private long cancelBoth(int port) throws IOException {
        LoopFuture<Connection<RecordingProtocol>> attempt = own.createConnection(
                RecordingProtocol::new, ConnectionOptions.to("1-2.test", port).withHappyEyeballsDelay(DELAY));
        Await.until("the first attempt", () -> own.info().connecting() == 1);
        clock.advance(DELAY);
        Await.until("both attempts", () -> own.info().connecting() == 2);
        long open = Descriptors.count();
        attempt.cancel();
        Await.until("both attempts are closed", () -> own.info().connecting() == 0);
        return open;
    }

    @Test
    void interleaving_alternatesBetweenFamilies() throws Exception {
        int port = FreePort.find();

        assertThat(triedHosts(ConnectionOptions.to("1-2-3-6.test", port))).containsExactly("1", "2", "3", "6");
        assertThat(triedHosts(ConnectionOptions.to("1-2-3-6.test", port).withInterleave(1)))
                .containsExactly("1", "6", "2", "3");
        assertThat(triedHosts(ConnectionOptions.to("1-2-3-6.test", port).withInterleave(2)))
                .containsExactly("1", "2", "6", "3");
        assertThat(ConnectionOptions.to("1.test", port).withHappyEyeballsDelay(DELAY).interleave()).isEqualTo(1);
    }

    private List<String> triedHosts(ConnectionOptions options) {
        Throwable failure =
                failureOf(() -> own.createConnection(RecordingProtocol::new, options.withAllErrors(true)));
        return Arrays.stream(failure.getSuppressed())
                .map(each -> each.getMessage().contains("[") ? "6" : each.getMessage().replaceAll(
                        ".*127\\.0\\.0\\.(.):.*", "$1"))
                .toList();
    }

    @Test
    void aFamily_leavesTheOtherAddressesOut() throws Exception {
        int port = serveOn("127.0.0.1", 0).addresses().get(0) instanceof InetSocketAddress at ? at.getPort() : 0;

        Connection<RecordingProtocol> connection = done(own.createConnection(RecordingProtocol::new,
                ConnectionOptions.to("6-1.test", port).withFamily(StandardProtocolFamily.INET)));

        assertThat(peerOf(connection)).isEqualTo(new InetSocketAddress("127.0.0.1", port));
        assertThat(failureOf(() -> own.createConnection(RecordingProtocol::new,
                        ConnectionOptions.to("1.test", port).withFamily(StandardProtocolFamily.INET6))))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void badOptions_areRefused() {
        ConnectionOptions options = ConnectionOptions.to("1.test", 1);

        assertThatThrownBy(() -> options.withFamily(StandardProtocolFamily.UNIX))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withInterleave(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
