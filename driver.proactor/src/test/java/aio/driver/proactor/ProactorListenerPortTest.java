package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.ListenerPort;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProactorListenerPortTest extends DriverTestBase {
    private final Events events = new Events();
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
        events.accepted.forEach(this::closing);
    }

    @Test
    void accepting_startsPausedAndIsSwitched() throws IOException {
        ListenerPort port = driver.adopt(server, events);
        connect(1);
        turn();
        assertThat(events.log).isEmpty();
        port.resumeAccepting();
        port.resumeAccepting();
        turnUntil(() -> events.accepted.size() == 1);
        port.pauseAccepting();
        port.pauseAccepting();
        connect(2);
        turn();
        assertThat(events.accepted).hasSize(1);
        port.resumeAccepting();
        turnUntil(() -> events.accepted.size() == 3);
        closeAccepted();
        assertThat(events.accepted).allMatch(SocketChannel::isConnected).allMatch(SocketChannel::isBlocking);
    }

    @Test
    void manyConnections_areAcceptedInBatches() throws IOException {
        driver.adopt(server, events).resumeAccepting();
        connect(100);
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.accepted).hasSize(64);
        driver.poll(-1);
        driver.dispatch();
        closeAccepted();
        assertThat(events.accepted).hasSize(100);
    }

    @Test
    void accepted_pausesItself_keepsTheRestForLater() throws IOException {
        ListenerPort port = driver.adopt(server, events);
        events.on("accepted", port::pauseAccepting);
        port.resumeAccepting();
        connect(3);
        driver.poll(-1);
        driver.dispatch();
        assertThat(events.accepted).hasSize(1);
        port.resumeAccepting();
        turnUntil(() -> events.accepted.size() == 2);
        closeAccepted();
    }

    @Test
    void accepted_releasesItself_handsTheRestBack() throws IOException {
        ListenerPort port = driver.adopt(server, events);
        events.on("accepted", port::release);
        port.resumeAccepting();
        connect(3);
        driver.poll(-1);
        driver.dispatch();
        closeAccepted();
        assertThat(events.accepted).hasSize(3);
        assertThat(server.isOpen()).isTrue();
    }

    @Test
    void release_acceptedAndNotDelivered_handsThemBack() throws IOException {
        ListenerPort port = driver.adopt(server, events);
        port.resumeAccepting();
        connect(3);
        driver.poll(-1);
        port.pauseAccepting();
        driver.dispatch();
        assertThat(events.accepted).isEmpty();
        assertThat(driver.poll(SHORT)).isZero();
        port.release();
        closeAccepted();
        assertThat(events.accepted).hasSize(3);
        driver.dispatch();
        assertThat(events.log).hasSize(3);
    }

    @Test
    void acceptFails_isReportedOnceADispatchAndGoesOn() throws IOException {
        SelectionKey key = server.register(selector, 0);
        IOException cause = new IOException("too many open files");
        ProactorListenerPort port = new ProactorListenerPort(driver, key, new Failing(cause), events);
        key.attach(port);
        port.resumeAccepting();
        connect(1);
        for (int dispatches = 1; dispatches <= 2; dispatches++) {
            assertThat(driver.poll(-1)).isEqualTo(1);
            driver.dispatch();
            assertThat(events.failures).hasSize(dispatches).containsOnly(cause);
        }
    }

    /** A listening socket that cannot accept. */
    private static final class Failing extends ServerSocketChannel {
        private final IOException cause;

        Failing(IOException cause) {
            super(SelectorProvider.provider());
            this.cause = cause;
        }

        @Override
        public SocketChannel accept() throws IOException {
            throw cause;
        }

        @Override
        public ServerSocketChannel bind(SocketAddress local, int backlog) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T getOption(SocketOption<T> name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return Set.of();
        }

        @Override
        public ServerSocket socket() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketAddress getLocalAddress() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void implCloseSelectableChannel() {
            // holds nothing
        }

        @Override
        protected void implConfigureBlocking(boolean block) {
            // has no mode
        }
    }
}
