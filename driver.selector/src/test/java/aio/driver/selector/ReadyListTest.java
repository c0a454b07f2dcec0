package aio.driver.selector;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.DriverFixture;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadyListTest extends DriverFixture {
    private final ReadyList list = new ReadyList();
    private SelectionKey key;

    @Override
    protected IoDriverFactory factory() {
        return new SelectorDriverFactory();
    }

    @BeforeEach
    void register() throws IOException {
        Pipe pipe = Pipe.open();
        closing(pipe.sink());
        closing(pipe.source()).configureBlocking(false);
        key = pipe.source().register(closing(Selector.open()), 0);
    }

    private SelectorPort port() {
        return new SelectorWatchPort(key, key.channel(), recorder());
    }

    private List<SelectorPort> takeAll() {
        List<SelectorPort> taken = new ArrayList<>();
        while (list.size() > 0) {
            taken.add(list.take());
        }
        return taken;
    }

    @Test
    void growsAndKeepsOrder() {
        List<SelectorPort> ports = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ports.add(port());
            list.add(ports.get(i));
        }
        assertThat(list.size()).isEqualTo(1000);
        assertThat(takeAll()).isEqualTo(ports);
        assertThat(list.take()).isNull();
    }

    @Test
    void tidy_dropsReleasedAndWhatWasTaken() {
        SelectorPort taken = port();
        SelectorPort released = port();
        SelectorPort kept = port();
        list.add(taken);
        list.add(released);
        list.add(kept);
        assertThat(list.take()).isSameAs(taken);
        released.release();
        list.tidy();
        assertThat(list.size()).isEqualTo(1);
        assertThat(takeAll()).containsExactly(kept);
    }

    @Test
    void clear_empties() {
        list.add(port());
        list.clear();
        assertThat(list.size()).isZero();
        assertThat(list.take()).isNull();
    }
}
