package aio.driver.selector;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.IoDriverFactory;
import aio.spi.StreamPort;
import aio.testkit.spi.Pair;
import aio.testkit.spi.StreamPortContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SelectorStreamPortTest extends StreamPortContract {
    @Override
    protected IoDriverFactory factory() {
        return new SelectorDriverFactory();
    }

    @Test
    void receiveBuffer_null_stopsReadingWithoutSpinning() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        events.lend(null);
        port.resumeReading();
        pair.send("x");
        turnUntil(() -> !events.log().isEmpty());
        assertThat(driver.poll(SHORT)).isZero();
        assertThat(events.log()).containsExactly("refused");
        events.lend(ByteBuffer.allocate(10));
        port.resumeReading();
        turnUntil(() -> events.received() == 1);
    }
}
