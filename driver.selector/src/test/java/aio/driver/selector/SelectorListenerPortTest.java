package aio.driver.selector;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.FailingListener;
import aio.testkit.spi.ListenerPortContract;
import aio.testkit.spi.Pair;
import aio.testkit.spi.RecordingEvents;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

class SelectorListenerPortTest extends ListenerPortContract {
    @Override
    protected IoDriverFactory factory() {
        return new SelectorDriverFactory();
    }

    @Test
    void acceptFails_isReportedOnceADispatchAndContinues() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(1));
        server.configureBlocking(false);
        RecordingEvents events = recorder();
        IOException cause = new IOException("too many open files");
        SelectionKey key = server.register(closing(Selector.open()), 0);
        SelectorListenerPort port = new SelectorListenerPort(key, new FailingListener(cause), events);
        port.resumeAccepting();
        for (int dispatches = 1; dispatches <= 2; dispatches++) {
            port.deliverReady(SelectionKey.OP_ACCEPT);
            assertThat(events.failures()).hasSize(dispatches).containsOnly(cause);
        }
        assertThat(port.wants(SelectionKey.OP_ACCEPT)).isTrue();
    }
}
