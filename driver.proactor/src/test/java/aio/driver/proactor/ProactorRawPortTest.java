package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.IoDriverFactory;
import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import aio.testkit.spi.DriverFixture;
import aio.testkit.spi.Pair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProactorRawPortTest extends DriverFixture {
    private final List<String> log = new ArrayList<>();
    private Runnable onReadable = () -> {};
    private final WatchEvents events = new WatchEvents() {
        @Override
        public void readable() {
            log.add("readable");
            onReadable.run();
        }

        @Override
        public void writable() {
            log.add("writable");
        }
    };

    @Override
    protected IoDriverFactory factory() {
        return new ProactorDriverFactory();
    }

    @Test
    void serveRaw_startsWithNoInterest_andIsLevelTriggered() throws IOException {
        Pair pair = closing(Pair.tcp());
        WatchPort port = driver.serveRaw(pair.ours(), events);
        pair.send("x");
        turn();
        assertThat(log).isEmpty();
        port.interest(true, false);
        turnUntil(() -> log.size() == 3);
        pair.ours().read(ByteBuffer.allocate(1));
        turn();
        assertThat(log).containsExactly("readable", "readable", "readable");
    }

    @Test
    void interestWithdrawnInsideAnEvent_deliversNoMore() throws IOException {
        Pair pair = closing(Pair.tcp());
        WatchPort port = driver.serveRaw(pair.ours(), events);
        onReadable = () -> port.interest(false, false);
        port.interest(true, true);
        turnUntil(() -> log.contains("writable"));
        pair.send("x");
        turnUntil(() -> log.contains("readable"));
        int size = log.size();
        turn();
        assertThat(log).hasSize(size);
        assertThat(log.get(size - 1)).isEqualTo("readable");
    }

    @Test
    void interestWithdrawnSincePoll_isNotDelivered() throws IOException {
        Pair pair = closing(Pair.tcp());
        WatchPort port = driver.serveRaw(pair.ours(), events);
        port.interest(true, false);
        pair.send("x");
        driver.poll(-1);
        port.interest(false, false);
        driver.dispatch();
        turn();
        assertThat(log).isEmpty();
        port.interest(true, false);
        turnUntil(() -> log.contains("readable"));
    }

    @Test
    void released_deliversNothing_andTheChannelIsFree() throws IOException {
        Pair pair = closing(Pair.tcp());
        WatchPort port = driver.serveRaw(pair.ours(), events);
        port.interest(true, true);
        driver.poll(-1);
        port.release();
        driver.dispatch();
        turn();
        assertThat(log).isEmpty();
        driver.serveRaw(pair.ours(), events).interest(false, true);
        turnUntil(() -> log.contains("writable"));
    }

    @Test
    void connect_inProgress_isWritableWhenDone() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(1));
        SocketChannel channel = closing(SocketChannel.open());
        channel.configureBlocking(false);
        assertThat(channel.connect(server.getLocalAddress())).isFalse();
        driver.serveRaw(channel, events).interest(false, true);
        turnUntil(() -> log.contains("writable"));
        assertThat(channel.finishConnect()).isTrue();
    }

    @Test
    void listeningSocket_isReadableOnly() throws IOException {
        ServerSocketChannel server = closing(Pair.listener(1));
        server.configureBlocking(false);
        WatchPort port = driver.serveRaw(server, events);
        port.interest(true, false);
        closing(SocketChannel.open(server.getLocalAddress()));
        turnUntil(() -> log.contains("readable"));
        assertThat(closing(server.accept())).isNotNull();
        assertThatThrownBy(() -> port.interest(false, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
