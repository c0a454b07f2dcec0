package aio.driver.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.DriverFixture;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

    private SelectorPort port(Runnable whenDelivered) {
        SelectorPort port = new SelectorPort(key) {
            @Override
            void deliver(int operations) {
                assertThat(operations).isEqualTo(SelectionKey.OP_READ);
                whenDelivered.run();
            }
        };
        key.interestOps(0);
        port.want(SelectionKey.OP_READ);
        return port;
    }

    private void add(Runnable whenDelivered) {
        list.add(port(whenDelivered), SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    @Test
    void deliver_manyPorts_keepsTheOrder() {
        List<Integer> delivered = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            add(() -> delivered.add(number));
        }
        assertThat(list.size()).isEqualTo(1000);
        list.deliver();
        assertThat(delivered).isEqualTo(IntStream.range(0, 1000).boxed().toList());
        assertThat(list.size()).isZero();
    }

    @Test
    void deliver_oneThrows_theNextCallContinuesAfterIt() {
        List<String> delivered = new ArrayList<>();
        add(() -> delivered.add("before"));
        add(() -> {
            throw new IllegalStateException("expected by the test");
        });
        add(() -> delivered.add("after"));
        assertThatThrownBy(list::deliver).hasMessage("expected by the test");
        assertThat(delivered).containsExactly("before");
        assertThat(list.size()).isEqualTo(1);
        list.deliver();
        assertThat(delivered).containsExactly("before", "after");
    }

    @Test
    void clear_insideADelivery_isTheEndOfIt() {
        List<String> delivered = new ArrayList<>();
        add(list::clear);
        add(() -> delivered.add("forgotten"));
        list.deliver();
        assertThat(delivered).isEmpty();
        assertThat(list.size()).isZero();
    }
}
