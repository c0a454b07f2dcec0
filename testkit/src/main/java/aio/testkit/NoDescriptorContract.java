package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.DriverFeature;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watching descriptors, for drivers that cannot: C151 to C159 are refused clearly, and callers can ask before. */
@Asyncio("eventloop#loop.add_reader")
public abstract class NoDescriptorContract extends LoopContract {
    private SocketPair pair;
    private Pipe pipe;

    @Override
    protected boolean watchesDescriptors() {
        return false;
    }

    @BeforeEach
    void openChannels() throws IOException {
        pair = SocketPair.open();
        pair.near().configureBlocking(false);
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
    }

    @AfterEach
    void closeChannels() throws IOException {
        if (pair == null) {
            return; // the test was skipped
        }
        pair.close();
        pipe.source().close();
        pipe.sink().close();
    }

    @Test
    void c151_everyDescriptor_isRefused_namingLoopDriverAndFeature() {
        assertThat(driver().features()).doesNotContain(DriverFeature.DESCRIPTOR_WATCHING);
        assertThat(canWatch(pair.near())).isFalse();
        assertThat(canWatch(pipe.source())).isFalse();
        assertThat(canWatch(pair.far())).as("a blocking one").isFalse();
    }

    @Test
    @Asyncio("eventloop#loop.remove_reader")
    void c155_removing_returnsFalse() {
        assertThat(loop.removeReader(pair.near())).isFalse();
        assertThat(loop.removeWriter(pair.near())).isFalse();
    }

    @Test
    void c157_null_isRefused() {
        SelectableChannel none = null;
        assertThatThrownBy(() -> loop.addReader(none, () -> {})).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.addWriter(none, () -> {})).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.addReader(pair.near(), null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.addWriter(pair.near(), null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void c157_whatWasRefused_isLeftAsItWas() throws IOException {
        assertThat(canWatch(pair.near())).isFalse();
        assertThat(pair.near().isRegistered()).isFalse();
        pair.near().configureBlocking(true);
        runTurns(loop, 2);
        assertThat(pair.near().isOpen()).isTrue();
    }
}
