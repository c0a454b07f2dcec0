package aio.policy.console;

import aio.policy.console.text.Plain;
import aio.policy.console.usage.Screen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows something again and again, on the thread of the caller alone. */
final class Rounds {
    private static final long LOOK_UP_NANOS = 200_000_000;
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Screen screen;
    private final Duration each;
    private final CountDownLatch gone;
    private boolean shown;

    /**
     * Makes rounds of a length.
     *
     * @param gone opened when the commands go
     */
    Rounds(Screen screen, Duration each, CountDownLatch gone) {
        this.screen = screen;
        this.each = each;
        this.gone = gone;
    }

    /**
     * Waits for the end of a round. Returns false if something else came before: the thread was interrupted, something
     * was typed on the terminal, the output is closed, the commands are gone.
     */
    boolean next() throws IOException {
        long end = System.nanoTime() + each.toNanos();
        try {
            for (long rest = each.toNanos(); rest > 0; rest = end - System.nanoTime()) {
                if (isEnded() || gone.await(Math.min(rest, LOOK_UP_NANOS), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            return false; // that is how it is ended: the shell continues, so its thread must not stay interrupted
        }
    }

    private boolean isEnded() throws IOException {
        return screen.terminal() && screen.isTyped() || screen.out().checkError();
    }

    /** Shows lines instead of those of the round before, or below them if there is no terminal. */
    void show(List<String> lines) {
        if (screen.terminal()) {
            screen.out().print(CLEAR);
        } else if (shown && lines.size() > 1) {
            screen.out().println();
        }
        lines.forEach(line -> screen.out().println(Plain.text(line)));
        screen.out().flush();
        shown = true;
    }
}
