package aio.core.kernel.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadyQueueTest {
    private final ReadyQueue queue = new ReadyQueue();

    @Test
    void growsWhereverItsHeadIs() {
        Random random = new Random(1);
        ArrayDeque<Integer> expected = new ArrayDeque<>();
        for (int i = 0; i < 100_000; i++) {
            if (random.nextInt(100) < (i < 50_000 ? 55 : 45) || expected.isEmpty()) {
                queue.add(i);
                expected.addLast(i);
            } else {
                assertThat(queue.first()).isEqualTo(expected.pollFirst());
                queue.removeFirst();
            }
            assertThat(queue.size()).isEqualTo(expected.size());
        }
    }

    @Test
    void withdraw_cancelsAndForgets_andWhatRunsContinues() {
        List<String> ran = new ArrayList<>();
        CoreHandle running = new CoreHandle(() -> ran.add("running"));
        CoreHandle handle = new CoreHandle(() -> ran.add("handle"));
        Runnable bare = () -> ran.add("bare");
        Runnable other = () -> ran.add("other");
        queue.add(running);
        queue.add(handle);
        queue.add(bare);
        queue.add(other);
        queue.running(true);
        queue.withdraw(scheduled -> scheduled != other);
        assertThat(running.cancelled()).isFalse();
        assertThat(handle.cancelled()).isTrue();
        assertThat(queue.running()).isSameAs(running);
        queue.removeFirst();
        assertThat(queue.first()).isNull();
        queue.removeFirst();
        assertThat(queue.first()).isNull();
        queue.removeFirst();
        assertThat(queue.first()).isSameAs(other);
        queue.running(false);
        assertThat(queue.running()).isNull();
    }
}
