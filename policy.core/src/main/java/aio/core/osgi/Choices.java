package aio.core.osgi;

import aio.core.osgi.ChoiceStorage.Stored;
import aio.core.registry.Choice;
import aio.core.registry.ChoiceStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the operator wants of the registry and what the configuration has the same. The configuration is delivered
 * late: what arrives is only a hint to look at what is written there now, and what was written from here is known by
 * its count. Any thread.
 */
final class Choices implements ChoiceStore {
    private static final Logger LOG = System.getLogger("aio.policy");

    private final Supplier<@Nullable ChoiceStorage> storage;
    private final Consumer<Choice> registry;
    private final Object lock = new Object();
    private @Nullable Stored seen;
    private Choice wanted = Choice.NONE;
    private boolean dirty;
    private boolean writing;
    private int operators;

    Choices(Supplier<@Nullable ChoiceStorage> storage, Consumer<Choice> registry) {
        this.storage = storage;
        this.registry = registry;
    }

    @Override
    public void begin() {
        synchronized (lock) {
            operators++;
        }
    }

    @Override
    public void end(Choice choice) {
        synchronized (lock) {
            operators--;
            wanted = choice;
            dirty = true;
            if (writing) {
                return; // whoever writes looks again
            }
            writing = true;
        }
        ChoiceStorage present = storage.get();
        for (Choice taken = take(); isWriting(); taken = take()) {
            if (present != null) {
                write(present, taken);
            }
        }
        if (present != null) {
            compare(present);
        }
    }

    private Choice take() {
        synchronized (lock) {
            writing = dirty;
            dirty = false;
            return wanted;
        }
    }

    private boolean isWriting() {
        synchronized (lock) {
            return writing;
        }
    }

    private void write(ChoiceStorage present, Choice choice) {
        try {
            Stored stored = present.write(choice);
            synchronized (lock) {
                seen = stored;
            }
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.WARNING, "policy: what the operator chose holds, but could not be written to configuration '"
                    + CoreComponent.PID + "' and will not survive a restart", e);
        }
    }

    /** The configuration has arrived, with {@code delivered} as its choice. */
    void configured(Choice delivered) {
        ChoiceStorage present = storage.get();
        if (present != null) {
            compare(present);
        } else {
            registry.accept(delivered);
        }
    }

    /** Takes what is written there, unless it is known: written from here, or taken before. */
    private void compare(ChoiceStorage present) {
        Stored now;
        try {
            now = present.read();
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.WARNING,
                    "policy: configuration '" + CoreComponent.PID
                    + "' cannot be read, pin and ranks stay as they are", e);
            return;
        }
        synchronized (lock) {
            if (operators > 0 || writing || now.equals(seen)) {
                return;
            }
            seen = now;
        }
        registry.accept(now.choice());
    }
}
