package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.IoDriverFactory;
import aio.spi.ListenerPort;
import aio.testkit.spi.FailingListener;
import aio.testkit.spi.ListenerPortContract;
import aio.testkit.spi.Pair;
import aio.testkit.spi.RecordingEvents;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class ProactorListenerPortTest extends ListenerPortContract {
    @Override
    protected IoDriverFactory factory() {
        return new ProactorDriverFactory();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }

    @Test
    void acceptFails_isReportedOnceADispatchAndContinues() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(1));
        server.configureBlocking(false);
        RecordingEvents events = recorder();
        IOException cause = new IOException("too many open files");
        Selector selector = closing(Selector.open());
        ProactorDriver failing = new ProactorDriver("failing", selector);
        SelectionKey key = server.register(selector, 0);
        ProactorListenerPort port = new ProactorListenerPort(failing, key, new FailingListener(cause), events);
        key.attach(port);
        port.resumeAccepting();
        closing(SocketChannel.open(server.getLocalAddress()));
        for (int dispatches = 1; dispatches <= 2; dispatches++) {
            assertThat(failing.poll(-1)).isEqualTo(1);
            failing.dispatch();
            assertThat(events.failures()).hasSize(dispatches).containsOnly(cause);
        }
    }

    @Test
    void released_handsBackAllThatWasAccepted() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(3));
        server.configureBlocking(false);
        RecordingEvents events = recorder();
        ListenerPort port = driver.adopt(server, events);
        port.resumeAccepting();
        for (int i = 0; i < 3; i++) {
            closing(SocketChannel.open(server.getLocalAddress()));
        }
        driver.poll(-1);
        port.release();
        events.accepted().forEach(this::closing);
        assertThat(events.accepted()).hasSize(3);
    }
}
