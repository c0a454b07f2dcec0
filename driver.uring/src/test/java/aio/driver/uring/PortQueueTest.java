package aio.driver.uring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queue keeps the order, whoever leaves it early. */
@Timeout(60)
class PortQueueTest {
    private final PortQueue<String> queue = new PortQueue<>();

    private List<String> drain() {
        List<String> taken = new ArrayList<>();
        while (queue.size() > 0) {
            taken.add(queue.take());
        }
        return taken;
    }

    @Test
    void take_keepsTheOrder_alsoWhenItGrowsAfterATurn() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            queue.add("before" + i);
        }
        drain();
        for (int i = 0; i < 1000; i++) {
            queue.add("port" + i);
            expected.add("port" + i);
        }
        assertThat(drain()).isEqualTo(expected);
        assertThatThrownBy(queue::take).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void remove_takesOutThatOneAlone_alsoAfterTheQueueHasGrown() {
        queue.add("a");
        long place = queue.add("b");
        queue.add("c");
        for (int i = 0; i < 100; i++) {
            queue.add("later");
        }
        queue.remove("b", place);
        assertThat(queue.size()).isEqualTo(102);
        assertThat(queue.sum(String::length)).isEqualTo(2 + 100 * "later".length());
        assertThat(drain()).startsWith("a", "c", "later").hasSize(102);
    }

    @Test
    void remove_ofOneThatIsGone_takesOutNothing() {
        long place = queue.add("a");
        queue.take();
        queue.add("b");
        queue.remove("a", place);
        queue.remove("b", PortQueue.NO_PLACE);
        assertThat(drain()).containsExactly("b");
        long cleared = queue.add("c");
        queue.clear();
        queue.remove("c", cleared);
        assertThat(queue.size()).isZero();
    }

    @Test
    void hasBefore_isOverOnceThoseThatWereThereAreGone() {
        queue.add("a");
        long b = queue.add("b");
        queue.add("c");
        long end = queue.end();
        assertThat(queue.take()).isEqualTo("a");
        queue.remove("b", b);
        queue.add("d");
        assertThat(queue.hasBefore(end)).isTrue();
        assertThat(queue.take()).isEqualTo("c");
        assertThat(queue.hasBefore(end)).isFalse();
        assertThat(queue.take()).isEqualTo("d");
        queue.add("e");
        assertThat(queue.hasBefore(end)).isFalse();
    }

    /** Long phases in which it grows, with holes, and others in which it gets empty. */
    @Test
    void anySequence_isThatOfASimpleQueue() {
        Random random = new Random(7);
        List<String> expected = new ArrayList<>();
        Map<String, Long> places = new HashMap<>();
        int longest = 0;
        for (int step = 0; step < 40_000; step++) {
            int choice = random.nextInt(1000);
            int adds = step / 2000 % 2 == 0 ? 600 : 350;
            if (choice < adds) {
                String port = "port" + step;
                expected.add(port);
                places.put(port, queue.add(port));
            } else if (choice < 700 && !expected.isEmpty()) {
                assertThat(queue.take()).isEqualTo(expected.remove(0));
            } else if (choice < 999 && !expected.isEmpty()) {
                String port = expected.remove(random.nextInt(expected.size()));
                queue.remove(port, places.get(port));
            } else if (choice == 999 && adds == 350) {
                expected.clear();
                queue.clear();
            }
            longest = Math.max(longest, expected.size());
            assertThat(queue.size()).isEqualTo(expected.size());
            assertThat(queue.sum(String::length)).isEqualTo(expected.stream().mapToInt(String::length).sum());
        }
        assertThat(longest).as("it has grown").isGreaterThan(200);
        assertThat(drain()).containsExactlyElementsOf(expected);
    }
}
