package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.DriverFeature;
import aio.spi.IoDriverFactory;
import aio.spi.StreamPort;
import aio.testkit.spi.DriverContract;
import aio.testkit.spi.Pair;
import aio.testkit.spi.RecordingEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProactorDriverTest extends DriverContract {
    @Override
    protected IoDriverFactory factory() {
        return new ProactorDriverFactory();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }

    @Test
    void factory_isNamedProactorAndDoesNotWatch() {
        assertThat(factory().name()).isEqualTo("proactor");
        assertThat(factory().features())
                .containsExactlyInAnyOrder(DriverFeature.DATAGRAMS, DriverFeature.RAW_SOCKETS);
    }

    @Test
    void messages_tellWhatToDo() throws IOException {
        Pair pair = closing(Pair.tcp());
        driver.adopt(pair.ours(), recorder());
        assertThatThrownBy(() -> driver.adopt(pair.ours(), recorder()))
                .hasMessageContaining("loop \"test\"")
                .hasMessageContaining("release its port first");
        driver.close();
        assertThatThrownBy(() -> driver.poll(0))
                .hasMessage("the proactor driver of loop \"test\" is closed: open another one")
                .hasCauseInstanceOf(ClosedSelectorException.class);
        assertThatThrownBy(() -> driver.adopt(pair.ours(), recorder())).hasMessageContaining("is closed");
    }

    private BufferPool readBuffers() {
        return ((ProactorDriver) driver).readBuffers();
    }

    @Test
    void watch_isRefused_namingTheLoop() throws IOException {
        Pair pair = closing(Pair.tcp());
        assertThatThrownBy(() -> driver.watch(pair.ours(), null))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("loop \"test\"")
                .hasMessageContaining("does not watch descriptors");
        assertThat(pair.ours().isRegistered()).isFalse();
    }

    @Test
    void poll_carriesOut_beforeAnythingIsDelivered() throws IOException {
        Pair pair = closing(Pair.tcp());
        driver.adopt(pair.ours(), recorder()).resumeReading();
        pair.send("hello");
        driver.poll(-1);
        ByteBuffer rest = ByteBuffer.allocate(10);
        assertThat(pair.ours().read(rest)).as("the kernel has nothing more").isZero();
    }

    /** A channel that comes back makes the selector flush its old key: that is not a poll. */
    @Test
    void adoptingAgain_carriesOutNothing_andThePollFindsIt() throws IOException {
        Pair busy = closing(Pair.tcp());
        Pair back = closing(Pair.tcp());
        RecordingEvents events = recorder();
        driver.adopt(busy.ours(), events).resumeReading();
        driver.adopt(back.ours(), recorder()).release();
        busy.send("hello");
        driver.adopt(back.ours(), recorder());
        driver.dispatch();
        assertThat(events.text()).as("nothing was polled").isEmpty();
        turnUntil(() -> events.text().equals("hello"));
    }

    @Test
    void moreStreamsThanBuffers_areAllServedInOneTurn() throws IOException {
        List<String> log = new ArrayList<>();
        int streams = 40;
        for (int i = 0; i < streams; i++) {
            Pair pair = closing(Pair.tcp());
            driver.adopt(pair.ours(), recorder("s", log)).resumeReading();
            pair.send("x");
        }
        awaitCollected(streams);
        assertThat(readBuffers().lent()).isEqualTo(8);
        driver.dispatch();
        assertThat(log).hasSize(streams).containsOnly("s:received");
        assertThat(readBuffers().lent()).isZero();
    }

    @Test
    void pausedStreams_keepNoBufferOfThePool() throws IOException {
        List<StreamPort> ports = new ArrayList<>();
        List<RecordingEvents> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Pair pair = closing(Pair.tcp());
            RecordingEvents events = recorder();
            StreamPort port = driver.adopt(pair.ours(), events);
            port.resumeReading();
            pair.send("text " + i);
            ports.add(port);
            all.add(events);
        }
        awaitCollected(20);
        ports.forEach(StreamPort::pauseReading);
        driver.dispatch();
        assertThat(readBuffers().lent()).isZero();
        assertThat(driver.poll(SHORT)).as("nothing to deliver, and no spinning").isZero();
        ports.forEach(StreamPort::resumeReading);
        turnUntil(() -> all.stream().noneMatch(events -> events.text().isEmpty()));
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).text()).hasToString("text " + i);
        }
    }
}
