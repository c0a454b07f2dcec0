package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.ConnectionInfo;
import aio.loop.ConnectionState;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.testkit.Await;
import aio.testkit.NotInAsyncio;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What operators see of connections, and that they can close one. asyncio has nothing like it. */
@NotInAsyncio("operators cannot see or close connections")
public abstract class ConnectionsContract extends ExchangingContract {
    private static final int MANY = 200_000;

    /** For subclasses. */
    protected ConnectionsContract() {}

    private List<ConnectionInfo> connections() {
        return EventLoops.loopDirectory().connections(loop.name());
    }

    private void awaitOpen(int count) {
        Await.until(count + " are open", () -> connections().size() == count);
    }

    private ConnectionInfo only() {
        List<ConnectionInfo> all = connections();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void aConnection_isShown_withItsBytes_acrossAnExchange() throws Exception {
        Server echo = serve(EchoProtocol::new);
        try (BlockingClient client = connect(echo)) {
            client.send("x".repeat(1000));
            client.receiveText(1000);
            exchange();
            client.send("x".repeat(500));
            client.receiveText(500);
            Await.until("all is counted", () -> only().bytesSent() == 1500);
            ConnectionInfo info = only();
            assertThat(info.loop()).isEqualTo(loop.name());
            assertThat(info.bytesReceived()).isEqualTo(1500);
            assertThat(info.bytesQueued()).isZero();
            assertThat(info.local()).contains(addressOf(echo));
            assertThat(info.peer()).isPresent().isNotEqualTo(info.local());
            assertThat(info.age()).isPositive();
            assertThat(info.state()).isEqualTo(ConnectionState.OPEN);
            assertThat(info.isReading()).isTrue();
            assertThat(info.tls()).isEmpty();
            assertThat(info.protocol()).isEqualTo(EchoProtocol.class.getName());
            assertThat(info.bundle()).isEmpty();
        }
        awaitOpen(0);
    }

    @Test
    void whatWaitsToBeSent_isShown_andThatItClosesAndPauses() throws Exception {
        Spawn<RecordingProtocol> protocols = new Spawn<>(RecordingProtocol::new);
        slowReader(protocols, new BytePattern(5), 20 * MANY);
        ConnectionInfo waits = only();
        assertThat(waits.bytesSent()).isEqualTo(20 * MANY);
        assertThat(waits.bytesQueued()).isPositive();
        running.run(() -> protocols.nth(0).transport().pauseReading());
        assertThat(only().isReading()).isFalse();
        running.run(() -> protocols.nth(0).transport().close());
        assertThat(only().state()).isEqualTo(ConnectionState.CLOSING);
        EventLoops.policyAdmin().closeConnection(loop.name(), waits.id());
        protocols.nth(0).awaitLost();
    }

    @Test
    void theOperator_closesOne_andItsProtocolIsToldWhoDidIt() throws Exception {
        Spawn<RecordingProtocol> protocols = new Spawn<>(RecordingProtocol::new);
        Server server = serve(protocols);
        try (BlockingClient closed = connect(server)) {
            awaitOpen(1);
            try (BlockingClient kept = connect(server)) {
                awaitOpen(2);
                ConnectionInfo first = connections().get(0);
                assertThat(connections().get(1).id()).isGreaterThan(first.id());
                assertThat(EventLoops.policyAdmin().closeConnection(loop.name(), first.id()).peer())
                        .isEqualTo(first.peer());
                assertThat(protocols.nth(0).awaitLost()).isInstanceOf(SocketException.class).hasMessage("connection "
                        + first.id() + " of loop \"" + loop.name() + "\" was closed by the operator");
                assertThat(only().id()).isNotEqualTo(first.id());
                assertThatThrownBy(() -> EventLoops.policyAdmin().closeConnection(loop.name(), first.id()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("no connection %d on loop '%s': it may have ended", first.id(), loop.name());
            }
        }
    }

    @Test
    void aLoopThatIsHeldUp_saysSo_andLosesNothingLater() throws Exception {
        Spawn<RecordingProtocol> protocols = new Spawn<>(RecordingProtocol::new);
        try (BlockingClient client = connect(serve(protocols))) {
            awaitOpen(1);
            long id = only().id();
            CountDownLatch leave = new CountDownLatch(1);
            CountDownLatch held = new CountDownLatch(1);
            loop.callSoonThreadsafe(() -> hold(held, leave));
            held.await(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            try {
                String answer = "loop \"" + loop.name() + "\" has not answered within 1000 ms: thread \"";
                assertThatThrownBy(this::connections).isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith(answer).hasMessageContaining(ConnectionsContract.class.getName());
                assertThatThrownBy(() -> EventLoops.policyAdmin().closeConnection(loop.name(), id))
                        .isInstanceOf(IllegalStateException.class).hasMessageStartingWith(answer);
            } finally {
                leave.countDown();
            }
            assertThat(only().state()).isEqualTo(ConnectionState.OPEN);
        }
    }

    private static void hold(CountDownLatch held, CountDownLatch leave) {
        held.countDown();
        try {
            leave.await(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void itsOwnThread_isAnsweredAtOnce_thatOfAnotherLoopIsNot() throws Exception {
        connect(serve(EchoProtocol::new));
        List<ConnectionInfo> seen = new ArrayList<>();
        awaitOpen(1);
        running.run(() -> seen.addAll(connections()));
        assertThat(seen).hasSize(1);
        var other = policy().newEventLoop();
        try {
            LoopFuture<?> done = other.createFuture();
            other.callSoon(() -> {
                assertThatThrownBy(this::connections).isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("from the thread of another loop");
                done.cancel();
                other.stop();
            });
            other.runForever();
            assertThat(done.isCancelled()).isTrue();
            assertThat(EventLoops.loopDirectory().connections(other.name())).as("of an idle loop").isEmpty();
        } finally {
            other.close();
        }
    }

    @Test
    void aLoopThatIsNotThere_isNamed() {
        assertThatThrownBy(() -> EventLoops.loopDirectory().connections("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no loop 'nobody'; open: ").hasMessageContaining(loop.name());
    }
}
