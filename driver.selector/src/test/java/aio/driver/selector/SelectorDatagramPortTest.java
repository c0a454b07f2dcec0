package aio.driver.selector;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.DatagramPort;
import aio.spi.IoDriverFactory;
import aio.testkit.spi.DatagramPortContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SelectorDatagramPortTest extends DatagramPortContract {
    @Override
    protected IoDriverFactory factory() {
        return new SelectorDriverFactory();
    }

    @Test
    void noBuffer_receivesNothing_andDoesNotSpin() throws IOException {
        DatagramPort port = driver.adopt(ours, events);
        events.lend(null);
        port.resumeReceiving();
        sendToOurs("a");
        turn();
        assertThat(driver.poll(0)).isZero();
        events.lend(ByteBuffer.allocate(65_536));
        port.resumeReceiving();
        turnUntil(() -> events.texts().contains("a"));
    }
}
