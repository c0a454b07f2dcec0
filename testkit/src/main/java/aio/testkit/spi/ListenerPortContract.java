package aio.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.ListenerPort;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the port of a listening socket guarantees. */
@NotInAsyncio(NotInAsyncio.ENGINE)
public abstract class ListenerPortContract extends DriverFixture {
    private final RecordingEvents events = recorder();
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        server = closing(Pair.listener(128));
        server.configureBlocking(false);
    }

    private void connect(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            closing(SocketChannel.open(server.getLocalAddress()));
        }
    }

    private void closeAccepted() {
        events.accepted().forEach(this::closing);
    }

    /** Returns how many connections the driver accepts in one dispatch, so that others have their turn. */
    protected int acceptsADispatch() {
        return 64;
    }

    /** Connections that were not delivered must still be in the backlog. */
    private void assertNoneLost(int connected) throws IOException {
        closeAccepted();
        int waiting = 0;
        for (SocketChannel next = server.accept(); next != null; next = server.accept()) {
            closing(next);
            waiting++;
        }
        assertThat(events.accepted().size() + waiting).isEqualTo(connected);
    }

    @Test
    void accepting_startsPausedAndIsSwitched() throws IOException {
        ListenerPort port = driver.adopt(server, events);
        connect(1);
        turn();
        assertThat(events.log()).isEmpty();
        port.resumeAccepting();
        port.resumeAccepting();
        turnUntil(() -> events.accepted().size() == 1);
        port.pauseAccepting();
        port.pauseAccepting();
        connect(2);
        turn();
        assertThat(events.accepted()).hasSize(1);
        port.resumeAccepting();
        turnUntil(() -> events.accepted().size() == 3);
        closeAccepted();
        assertThat(events.accepted()).allMatch(SocketChannel::isConnected).allMatch(SocketChannel::isBlocking);
    }

    @Test
    void manyConnections_areAcceptedInBatches() throws IOException {
        driver.adopt(server, events).resumeAccepting();
        connect(100);
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.accepted()).hasSize(acceptsADispatch());
        turnUntil(() -> events.accepted().size() == 100);
        closeAccepted();
    }

    @Test
    void accepted_pausesItself_keepsTheRestForLater() throws IOException {
        ListenerPort port = driver.adopt(server, events);
        events.on("accepted", port::pauseAccepting);
        port.resumeAccepting();
        connect(3);
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.accepted()).hasSize(1);
        port.resumeAccepting();
        turnUntil(() -> events.accepted().size() == 2);
        closeAccepted();
    }

    @Test
    void accepted_releasesItself_losesNoConnection() throws IOException {
        ListenerPort port = driver.adopt(server, events);
        events.on("accepted", port::release);
        port.resumeAccepting();
        connect(3);
        driver.poll(-1);
        driver.dispatch();
        assertThat(server.isOpen()).isTrue();
        assertNoneLost(3);
        if (!readsAhead()) {
            assertThat(events.accepted()).hasSize(1);
        }
    }

    @Test
    void release_collectedAndNotDelivered_losesNoConnection() throws IOException {
        ListenerPort port = driver.adopt(server, events);
        port.resumeAccepting();
        connect(3);
        driver.poll(-1);
        port.pauseAccepting();
        driver.dispatch();
        assertThat(events.accepted()).isEmpty();
        assertThat(driver.poll(SHORT)).isZero();
        port.release();
        int handedBack = events.accepted().size();
        driver.dispatch();
        assertNoneLost(3);
        assertThat(events.log()).hasSize(handedBack);
        if (!readsAhead()) {
            assertThat(handedBack).isZero();
        }
    }
}
