package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.DatagramPort;
import aio.spi.IoDriverFactory;
import aio.testkit.spi.DatagramPortContract;
import aio.testkit.spi.Pair;
import java.io.IOException;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class ProactorDatagramPortTest extends DatagramPortContract {
    @Override
    protected IoDriverFactory factory() {
        return new ProactorDriverFactory();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }

    private BufferPool readBuffers() {
        return ((ProactorDriver) driver).readBuffers();
    }

    @Test
    void pausedBetweenPollAndDispatch_keepsNoBufferOfThePool() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        port.resumeReceiving();
        sendToOurs("a");
        driver.poll(-1);
        port.pauseReceiving();
        driver.dispatch();
        assertThat(readBuffers().lent()).isZero();
    }

    @Test
    void release_handsBackWhatWasReceived() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        port.resumeReceiving();
        sendToOurs("a");
        sendToOurs("b");
        driver.poll(-1);
        port.release();
        port.release();
        driver.dispatch();
        assertThat(events.texts()).isEmpty();
        assertThat(events.unread()).containsExactly("a");
        assertThat(readBuffers().lent()).isZero();
    }

    @Test
    void release_handsBackAFailure() throws IOException {
        SocketAddress target = peer.getLocalAddress();
        ours.connect(target);
        DatagramPort port = driver.adopt(ours, events);
        port.resumeReceiving();
        peer.close();
        port.send(Pair.bytes("x"), target);
        driver.poll(-1);
        port.release();
        assertThat(events.failures()).hasSize(1);
    }
}
