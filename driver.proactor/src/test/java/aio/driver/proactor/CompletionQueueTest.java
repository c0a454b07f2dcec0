package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionQueueTest {
    private final CompletionQueue queue = new CompletionQueue();
    private final List<Integer> delivered = new ArrayList<>();

    private final class Numbered extends Operation {
        private final int number;
        private boolean live = true;

        Numbered(int number) {
            super(queue);
            this.number = number;
        }

        @Override
        void carryOut() {
            complete();
        }

        @Override
        void deliver() {
            delivered.add(number);
        }

        @Override
        boolean isLive() {
            return live;
        }
    }

    private List<Numbered> completed(int from, int to) {
        List<Numbered> operations = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Numbered operation = new Numbered(i);
            operation.carryOut();
            operations.add(operation);
        }
        return operations;
    }

    @Test
    void growsWhileItIsWrapped_andKeepsTheOrder() {
        completed(0, 40);
        for (int i = 0; i < 30; i++) {
            assertThat(queue.take()).isNotNull();
        }
        completed(40, 240);
        assertThat(queue.size()).isEqualTo(210);
        queue.deliverAll();
        assertThat(delivered).hasSize(210).isSorted().startsWith(30).endsWith(239);
        assertThat(queue.take()).isNull();
    }

    @Test
    void tidy_forgetsReleasedOnes_andKeepsTheOrder() {
        List<Numbered> operations = completed(0, 5);
        operations.get(0).live = false;
        operations.get(3).live = false;
        queue.tidy();
        assertThat(queue.size()).isEqualTo(3);
        queue.deliverAll();
        assertThat(delivered).containsExactly(1, 2, 4);
    }

    @Test
    void deliverAll_skipsWhatIsOver() {
        completed(0, 2).get(0).state(Operation.State.OVER);
        queue.deliverAll();
        assertThat(delivered).containsExactly(1);
    }

    @Test
    void deliverAll_leavesWhatCompletesMeanwhileForTheNextTime() {
        Operation again = new Operation(queue) {
            @Override
            void carryOut() {
                complete();
            }

            @Override
            void deliver() {
                delivered.add(0);
                complete();
            }

            @Override
            boolean isLive() {
                return true;
            }
        };
        again.carryOut();
        queue.deliverAll();
        assertThat(delivered).hasSize(1);
        queue.deliverAll();
        assertThat(delivered).hasSize(2);
    }

    @Test
    void clear_empties() {
        completed(0, 3);
        queue.clear();
        queue.deliverAll();
        assertThat(delivered).isEmpty();
    }
}
