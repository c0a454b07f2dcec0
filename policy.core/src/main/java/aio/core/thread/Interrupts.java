package aio.core.thread;

import java.io.IOException;

/**
 * An interrupt flag that a callback has left on a loop's thread closes the next interruptible channel that is used
 * there, also one of another owner. So the core uses such channels (files above all) without the flag, and sets it
 * again afterwards, as long as that callback may want to see it; the next poll drops it. An interrupt that arrives
 * meanwhile is not held off. Any thread.
 */
public final class Interrupts {
    private Interrupts() {}

    /** An action that uses an interruptible channel. */
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
