package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.loop.Task;
import aio.loop.TaskFactory;
import aio.loop.TaskInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Work in progress on a loop. */
@Asyncio("eventloop#loop.create_task")
public abstract class TaskContract extends LoopContract {
    private final List<Object> order = new ArrayList<>();

    @Test
    void firstStep_runsInTheNextTurn_onTheLoop() throws Exception {
        inside(loop, () -> {
            loop.createTask(() -> {
                order.add(EventLoops.getRunningLoop());
                return loop.createFuture();
            });
            assertThat(order).isEmpty();
            return null;
        });
        runBriefly(loop);

        assertThat(order).containsExactly(loop);
    }

    @Test
    void task_endsAsItsStageDoes() {
        LoopFuture<String> stage = loop.createFuture();
        Task<String> task = loop.createTask(() -> stage);
        runTurns(loop, 3);
        assertThat(task.isDone()).isFalse();

        stage.setResult("done");

        assertThat(loop.runUntilComplete(task)).isEqualTo("done");
        assertThat(task.result()).isEqualTo("done");
    }

    @Test
    void failureOfTheWork_isTheFailureOfTheTask() {
        IOException checked = new IOException("of the work");
        Task<String> task = loop.createTask(() -> {
            throw checked;
        });

        assertThatThrownBy(() -> loop.runUntilComplete(task))
                .isInstanceOf(CompletionException.class)
                .hasCause(checked);
        assertThat(task.exception()).isSameAs(checked);
    }

    @Test
    void failureOfTheStage_isTheFailureOfTheTask() {
        IllegalArgumentException unchecked = new IllegalArgumentException("of the stage");

        assertThatThrownBy(() -> loop.runUntilComplete(() -> CompletableFuture.failedFuture(unchecked)))
                .isSameAs(unchecked);
        assertThatThrownBy(() -> loop.runUntilComplete(
                        () -> CompletableFuture.<String>failedFuture(unchecked).thenApply(String::length)))
                .as("out of a CompletionException")
                .isSameAs(unchecked);
    }

    @Test
    void workThatReturnsNull_failsWithTheNameOfTheTask() {
        Task<String> task = loop.createTask(() -> null, "the empty one");

        assertThatThrownBy(() -> loop.runUntilComplete(task))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("the empty one");
    }

    @Test
    void stageCompletedOnAnotherThread_endsTheTaskOnTheLoop() {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        AtomicReference<Thread> toldOn = new AtomicReference<>();
        Task<String> task = loop.createTask(() -> foreign);
        task.addDoneCallback(done -> toldOn.set(Thread.currentThread()));
        loop.callSoon(() -> start("completer", () -> foreign.complete("from afar")));

        assertThat(loop.runUntilComplete(task)).isEqualTo("from afar");

        assertThat(toldOn.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void taskMadeOnAnotherThread_runsOnTheLoop_andWakesIt() throws Exception {
        try (Background run = inBackground(loop)) {
            Task<Thread> task =
                    loop.createTask(() -> CompletableFuture.completedFuture(Thread.currentThread()));

            assertThat(task.join()).isSameAs(run.thread());
        }
    }

    @Test
    void tasksMadeOnAnotherThread_areForgottenWhenTheyAreDone() throws Exception {
        try (Background run = inBackground(loop)) {
            for (int number = 0; number < 2_000; number++) {
                loop.createTask(() -> CompletableFuture.completedFuture("done"));
            }
            await("all tasks are done", () -> loop.allTasks().isEmpty());
        }
    }

    @Test
    @Asyncio("task#Task.get_name")
    void name_isNumbered_unlessItIsGiven() {
        Task<String> first = loop.createTask(loop::createFuture);
        Task<String> second = loop.createTask(loop::createFuture);

        assertThat(first.getName()).matches("Task-\\d+").isNotEqualTo(second.getName());
        assertThat(loop.createTask(loop::createFuture, "mine").getName()).isEqualTo("mine");
    }

    @Test
    @Asyncio("task#Task")
    void task_cannotBeCompletedFromOutside() {
        Task<String> task = loop.createTask(loop::createFuture);

        assertThatThrownBy(() -> task.setResult("never")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> task.setException(new IOException("never")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(task.isDone()).isFalse();
    }

    @Test
    @Asyncio("task#Task.cancel")
    void cancelBeforeTheFirstStep_meansThatTheWorkNeverRuns() {
        Task<String> task = loop.createTask(() -> {
            order.add("never");
            return loop.createFuture();
        });

        assertThat(task.cancel()).isTrue();

        assertThatThrownBy(() -> loop.runUntilComplete(task)).isInstanceOf(CancellationException.class);
        assertThat(task.isCancelled()).isTrue();
        assertThat(order).isEmpty();
        assertThat(task.cancel()).isFalse();
    }

    @Test
    @Asyncio("task#Task.cancel")
    void cancelLater_cancelsTheStage() {
        LoopFuture<String> stage = loop.createFuture();
        Task<String> task = loop.createTask(() -> stage);
        runBriefly(loop);

        assertThat(task.cancel()).isTrue();

        assertThatThrownBy(() -> loop.runUntilComplete(task)).isInstanceOf(CancellationException.class);
        assertThat(stage.isCancelled()).isTrue();
        assertThat(task.isCancelled()).isTrue();
    }

    @Test
    @Asyncio("task#Task.cancel")
    void stageThatSwallowsTheCancel_letsTheTaskEndItsOwnWay() {
        CompletableFuture<String> stubborn = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return complete("not cancelled");
            }
        };
        Task<String> task = loop.createTask(() -> stubborn);
        runBriefly(loop);

        task.cancel();

        assertThat(loop.runUntilComplete(task)).isEqualTo("not cancelled");
        assertThat(task.isCancelled()).isFalse();
    }

    @Test
    @Asyncio("task#Task.cancel")
    void stageThatCannotBeCancelled_doesNotMakeCancelFail() {
        CompletionStage<String> minimal = new CompletableFuture<String>().minimalCompletionStage();
        Task<String> task = loop.createTask(() -> minimal);
        runBriefly(loop);

        assertThatCode(task::cancel).doesNotThrowAnyException();

        assertThatThrownBy(() -> loop.runUntilComplete(task)).isInstanceOf(CancellationException.class);
    }

    @Test
    @Asyncio("task#all_tasks")
    void allTasks_areThoseThatAreNotDone() {
        LoopFuture<String> stage = loop.createFuture();
        Task<String> pending = loop.createTask(loop::createFuture);
        Task<String> ended = loop.createTask(() -> stage);
        assertThat(loop.allTasks()).containsExactlyInAnyOrder(pending, ended);
        assertThat(loop.info().tasks()).isEqualTo(2);

        stage.setResult("done");
        loop.runUntilComplete(ended);

        assertThat(loop.allTasks()).containsExactly(pending);
        assertThat(loop.info().tasks()).isEqualTo(1);
    }

    @Test
    @Asyncio("eventloop#loop.set_task_factory")
    void taskFactory_makesTheTasks() {
        List<String> names = new ArrayList<>();
        TaskFactory factory = new TaskFactory() {
            @Override
            public <T> Task<T> newTask(EventLoop of, Callable<? extends CompletionStage<T>> work, String name) {
                names.add(name);
                return of.newTask(work, "made as " + name);
            }
        };
        assertThat(loop.getTaskFactory()).isNull();

        loop.setTaskFactory(factory);
        assertThat(loop.getTaskFactory()).isSameAs(factory);
        Task<String> task = loop.createTask(() -> CompletableFuture.completedFuture("done"), "given");
        assertThat(task.getName()).isEqualTo("made as given");
        assertThat(loop.runUntilComplete(task)).isEqualTo("done");
        assertThat(loop.runUntilComplete(() -> CompletableFuture.completedFuture("of work"))).isEqualTo("of work");
        assertThat(names).hasSize(2).startsWith("given");

        loop.setTaskFactory(null);
        assertThat(loop.createTask(loop::createFuture, "plain").getName()).isEqualTo("plain");
        assertThat(names).hasSize(2);
    }

    @Test
    @Asyncio("eventloop#loop.set_task_factory")
    void taskFactoryThatReturnsNull_isAClearError() {
        loop.setTaskFactory(new TaskFactory() {
            @Override
            public <T> Task<T> newTask(EventLoop of, Callable<? extends CompletionStage<T>> work, String name) {
                return null;
            }
        });

        assertThatThrownBy(() -> loop.createTask(loop::createFuture, "lost one"))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("null");
    }

    // ---- what operators see

    private TaskInfo info(Task<?> task) {
        return EventLoops.loopDirectory().tasks(loop.name()).stream()
                .filter(each -> each.name().equals(task.getName())).findFirst().orElseThrow();
    }

    @Test
    @Asyncio("task#Task.get_stack")
    void operators_seeWhatATaskWaitsFor_asFarAsItIsKnown() {
        LoopFuture<String> first = loop.createFuture();
        CompletableFuture<String> foreign = new CompletableFuture<>();
        Function<String, CompletionStage<String>> compose = text -> foreign;
        Task<String> task = loop.createTask(() -> first.thenApply(String::trim).thenCompose(compose), "fetch");
        assertThat(info(task).hasBegun()).isFalse();
        assertThat(info(task).waitsFor()).isEmpty();
        runTurns(loop, 2);
        TaskInfo begun = info(task);
        assertThat(begun.hasBegun()).isTrue();
        assertThat(begun.loop()).isEqualTo(loop.name());
        assertThat(begun.work()).startsWith(TaskContract.class.getName());
        assertThat(begun.bundle()).isEmpty();
        assertThat(begun.waitsFor()).hasSize(3);
        assertThat(begun.waitsFor().subList(0, 2))
                .allMatch(wait -> wait.startsWith("result of " + TaskContract.class.getName()));
        assertThat(begun.waitsFor().get(2)).isEqualTo("future");
        first.setResult(" x ");
        runTurns(loop, 4);
        assertThat(info(task).waitsFor()).containsExactly("stage " + CompletableFuture.class.getName());
        foreign.complete("y");
        assertThat(loop.runUntilComplete(task)).isEqualTo("y");
        assertThat(EventLoops.loopDirectory().tasks(loop.name())).isEmpty();
    }

    @Test
    @Asyncio("task#Task.get_stack")
    void operators_seeTheTaskThatATaskWaitsFor_andThatItSleeps() {
        Task<Void> inner = loop.createTask(() -> loop.sleep(Duration.ofHours(1)), "inner");
        Task<Void> outer = loop.createTask(() -> inner.whenComplete((none, failure) -> order.add("told")), "outer");
        runTurns(loop, 3);
        assertThat(info(inner).waitsFor()).containsExactly("sleep");
        assertThat(info(inner).waitsForTask()).isEmpty();
        assertThat(info(outer).waitsFor()).singleElement().asString().startsWith("result of ");
        assertThat(info(outer).waitsForTask()).hasValue(info(inner).id());
        assertThat(info(outer).isCancelling()).isFalse();
        inner.cancel();
        runTurns(loop, 4);
        assertThat(EventLoops.loopDirectory().tasks(loop.name())).isEmpty();
    }
}
