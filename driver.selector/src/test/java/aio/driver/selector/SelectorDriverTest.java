package aio.driver.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.DriverFeature;
import aio.spi.IoDriverFactory;
import aio.testkit.spi.DriverContract;
import aio.testkit.spi.Pair;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import org.junit.jupiter.api.Test;

class SelectorDriverTest extends DriverContract {
    @Override
    protected IoDriverFactory factory() {
        return new SelectorDriverFactory();
    }

    @Test
    void factory_isNamedSelectorAndWatches() {
        assertThat(factory().name()).isEqualTo("selector");
        assertThat(factory().features())
                .containsExactlyInAnyOrder(DriverFeature.values());
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
                .hasMessage("the selector driver of loop \"test\" is closed: open another one")
                .hasCauseInstanceOf(ClosedSelectorException.class);
        assertThatThrownBy(() -> driver.adopt(pair.ours(), recorder())).hasMessageContaining("is closed");
    }
}
