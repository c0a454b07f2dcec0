package aio.policy.console;

import aio.policy.Installation;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.console.usage.Screen;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Prints changes as they come, on the thread of the caller alone. */
final class Watch {
    private static final long LOOK_UP_MILLIS = 200;

    private final PolicyDirectory directory;
    private final Screen screen;
    private final Function<PolicyChange, String> text;

    Watch(PolicyDirectory directory, Screen screen, Function<PolicyChange, String> text) {
        this.directory = directory;
        this.screen = screen;
        this.text = text;
    }

    /**
     * Prints until the thread is interrupted, something is typed, the output is closed, {@code ended} holds, or
     * {@code count} changes were printed; 0 means any number.
     */
    void run(int count, BooleanSupplier ended) throws IOException {
        BlockingQueue<PolicyChange> changes = new LinkedBlockingQueue<>();
        try (Installation listening = directory.addListener(changes::add)) {
            int printed = 0;
            PrintStream out = screen.out();
            while (!ended.getAsBoolean() && !screen.isTyped() && !out.checkError() && (count == 0 || printed < count)) {
                PolicyChange change = changes.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
                if (change != null) {
                    out.println(text.apply(change));
                    out.flush();
                    printed++;
                }
            }
        } catch (InterruptedException e) {
            // that is how it is ended: the shell continues, so its thread must not stay interrupted
            return;
        }
    }
}
