package aio.policy.console;

import aio.policy.Installation;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import java.io.IOException;
import java.io.InputStream;
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
    private final InputStream keyboard;
    private final PrintStream out;
    private final Function<PolicyChange, String> text;

    Watch(PolicyDirectory directory, InputStream keyboard, PrintStream out, Function<PolicyChange, String> text) {
        this.directory = directory;
        this.keyboard = keyboard;
        this.out = out;
        this.text = text;
    }

    /**
     * Prints until the thread is interrupted, something is typed, nobody reads any more, {@code ended} holds, or
     * {@code count} changes were printed; 0 means any number.
     */
    void run(int count, BooleanSupplier ended) throws IOException {
        BlockingQueue<PolicyChange> changes = new LinkedBlockingQueue<>();
        try (Installation listening = directory.addListener(changes::add)) {
            int printed = 0;
            while (!ended.getAsBoolean() && !isTyped() && !out.checkError() && (count == 0 || printed < count)) {
                PolicyChange change = changes.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
                if (change != null) {
                    out.println(text.apply(change));
                    out.flush();
                    printed++;
                }
            }
        } catch (InterruptedException e) {
            // that is how it is ended: the shell goes on, so its thread must not stay interrupted
            return;
        }
    }

    private boolean isTyped() throws IOException {
        if (keyboard.available() == 0) {
            return false;
        }
        while (keyboard.available() > 0 && keyboard.read() != '\n') {
            // what was typed to end this is no command
        }
        return true;
    }
}
