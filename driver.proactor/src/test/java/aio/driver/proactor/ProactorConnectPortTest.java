package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.ConnectPortContract;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class ProactorConnectPortTest extends ConnectPortContract {
    @Override
    protected IoDriverFactory factory() {
        return new ProactorDriverFactory();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }

    @Test
    void connect_notPending_tellsWhatToDo() throws IOException {
        SocketChannel channel = closing(SocketChannel.open());
        channel.configureBlocking(false);
        assertThatThrownBy(() -> driver.connect(channel, recorder()))
                .hasMessageContaining("no connect is pending")
                .hasMessageContaining("channel.connect");
    }
}
