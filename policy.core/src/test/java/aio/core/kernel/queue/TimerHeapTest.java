package aio.core.kernel.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerHeapTest {
    private final TimerHeap heap = new TimerHeap();

    /** Few deadlines, so that many are equal; cancelling between adding, so that the heap is compacted. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void timersComeByDeadlineAndThoseOfOneDeadlineByArrival(long seed) {
        Random random = new Random(seed);
        List<CoreTimerHandle> expected = new ArrayList<>();
        List<CoreTimerHandle> came = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            CoreTimerHandle timer = new CoreTimerHandle(random.nextInt(50), () -> {});
            heap.add(timer);
            expected.add(timer);
            if (random.nextInt(3) > 0) {
                CoreTimerHandle victim = expected.remove(random.nextInt(expected.size()));
                victim.cancel();
            }
            if (random.nextInt(100) == 0) {
                heap.first();
            }
        }
        for (CoreTimerHandle timer = heap.pollDue(49); timer != null; timer = heap.pollDue(49)) {
            came.add(timer);
        }
        expected.sort(Comparator.comparingLong(timer -> timer.deadlineNanos)); // stable: the order of arrival stays
        assertThat(came).containsExactlyElementsOf(expected);
        assertThat(heap.size()).isZero();
    }
}
