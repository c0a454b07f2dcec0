package aio.core.loop;

import aio.core.foreign.Text;
import aio.core.kernel.Kernel;
import aio.link.RunningLoop;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks a loop something, or does something, on its own thread, and waits a limited time. Any thread. */
final class Question<T> {
    private static final long PATIENCE_MILLIS = 1000;

    private final CoreLoop loop;
    private final Answer<T> answer;
    private final AtomicBoolean taken = new AtomicBoolean(); // by the loop that begins, or a caller that gives up

    /** Code of the core that finds the answer. */
    @FunctionalInterface
    interface Answer<T> {

        /** Finds it, on the thread of the loop. */
        T give();
    }

    private Question(CoreLoop loop, Answer<T> answer) {
        this.loop = loop;
        this.answer = answer;
    }

    /**
     * Returns the answer of a loop. An answer that the loop has not begun in time is never begun.
     *
     * @throws IllegalStateException if it does not answer in time, if it is closed, or on the thread of another loop
     */
    static <T> T ask(CoreLoop loop, Origin origin, Answer<T> answer) {
        Kernel kernel = loop.kernel();
        if (kernel.isOnLoopThread()) {
            return answer.give();
        }
        if (RunningLoop.get() != null) {
            throw new IllegalStateException("loop \"" + kernel.loopName() + "\" cannot be asked from the thread of"
                    + " another loop, which would wait for it: ask from a thread that runs no loop");
        }
        return new Question<>(loop, answer).ask(origin);
    }

    private T ask(Origin origin) {
        FutureTask<T> task = new FutureTask<>(this::answerIfFirst);
        loop.kernel().execute(task);
        try {
            try {
                return task.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (taken.compareAndSet(false, true)) {
                    throw unanswered(origin);
                }
                return task.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS); // the loop has begun
            }
        } catch (TimeoutException e) {
            throw unanswered(origin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            taken.set(true);
            throw new IllegalStateException("interrupted while loop \"" + loop.kernel().loopName() + "\" was asked", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("loop \"" + loop.kernel().loopName() + "\" cannot answer: "
                    + Text.of(e.getCause()), e.getCause());
        }
    }

    private T answerIfFirst() {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException("no thread waits for it any more");
        }
        return answer.give();
    }

    private IllegalStateException unanswered(Origin origin) {
        Thread thread = loop.kernel().holder();
        return new IllegalStateException("loop \"" + loop.kernel().loopName() + "\" has not answered within "
                + PATIENCE_MILLIS + " ms" + (thread == null ? "" : ": " + BlockedLoops.busy(loop, thread, origin))
                + "; ask again when it works");
    }
}
