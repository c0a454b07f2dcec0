package aio.core.thread;

import java.io.IOException;

/**
 * An interrupt flag that some callback has left on a loop's thread closes the next interruptible channel that is used
 * there, whosever it is. So the core uses such channels (files, first of all) without the flag, and sets it again
 * behind that, as long as that callback may want to see it; the next poll drops it. An interrupt meanwhile is not held
 * off. Any thread.
 */
public final class Interrupts {
    private Interrupts() {}

    /** Something that uses an interruptible channel. */
    @FunctionalInterface
    public interface Use<T> {
        T use() throws IOException;
    }

    public static <T> T heldOff(Use<T> use) throws IOException {
        boolean left = Thread.interrupted();
        try {
            return use.use();
        } finally {
            if (left) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
