package aio.policy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code loop:tasks}. */
class TaskTreeTest {
    private static final String WORK = " on shared: com.example.Fetch of bundle com.example [42]";

    @Test
    void aTask_standsBelowWhatWaitsForIt_onceOnly() {
        assertThat(new TaskTree(List.of(
                Figures.task(3, 1, "result of com.example.Fetch$$Lambda"), Figures.task(1, 0, "result of x", "sleep"),
                Figures.task(2, 1))).lines()).containsExactly(
                "2 \"Task-2\"" + WORK,
                "  1 \"Task-1\"" + WORK,
                "    result of x",
                "      sleep",
                "3 \"Task-3\"" + WORK,
                "  result of com.example.Fetch$$Lambda",
                "    1 \"Task-1\"" + WORK + ", see above");
    }

    @Test
    void tasksThatWaitForEachOther_areShown_andEnd() {
        assertThat(new TaskTree(List.of(Figures.task(1, 2), Figures.task(2, 1))).lines()).containsExactly(
                "1 \"Task-1\"" + WORK,
                "  2 \"Task-2\"" + WORK,
                "    1 \"Task-1\"" + WORK + ", see above");
    }

    @Test
    void whatIsNotThere_isSaid() {
        assertThat(new TaskTree(List.of(Figures.task(1, 9))).lines()).containsExactly(
                "1 \"Task-1\"" + WORK, "  task 9, which is done or on another loop");
    }
}
