package aio.core.osgi;

import aio.core.osgi.PinStorage.Stored;
import aio.core.registry.PinStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pin of the registry and that of the configuration the same. The configuration is delivered late: what
 * arrives is only a hint to look at what is written there now, and what was written from here is known by its count.
 * Any thread.
 */
final class Pins implements PinStore {
    private static final Logger LOG = System.getLogger("aio.policy");

    private final Supplier<@Nullable PinStorage> storage;
    private final Consumer<@Nullable String> registry;
    private final Object lock = new Object();
    private @Nullable Stored seen;
    private @Nullable String wanted;
    private boolean dirty;
    private boolean writing;
    private int operators;

    Pins(Supplier<@Nullable PinStorage> storage, Consumer<@Nullable String> registry) {
        this.storage = storage;
        this.registry = registry;
    }

    /** Reads a name as configurations have it: blank means none. */
    static @Nullable String name(@Nullable Object property) {
        String text = property == null ? "" : property.toString().trim();
        return text.isEmpty() ? null : text;
    }

    @Override
    public void begin() {
        synchronized (lock) {
            operators++;
        }
    }

    @Override
    public void end(@Nullable String pin) {
        synchronized (lock) {
            operators--;
            wanted = pin;
            dirty = true;
            if (writing) {
                return; // whoever writes looks again
            }
            writing = true;
        }
        PinStorage present = storage.get();
        for (String pinned = take(); isWriting(); pinned = take()) {
            if (present != null) {
                write(present, pinned);
            }
        }
        if (present != null) {
            compare(present);
        }
    }

    private @Nullable String take() {
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

    private void write(PinStorage present, @Nullable String pin) {
        try {
            Stored stored = present.write(pin);
            synchronized (lock) {
                seen = stored;
            }
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.WARNING, "policy: the pin '" + pin + "' holds, but could not be written to configuration '"
                    + CoreComponent.PID + "' and will not survive a restart", e);
        }
    }

    /** The configuration has arrived, with {@code delivered} as its pin. */
    void configured(@Nullable String delivered) {
        PinStorage present = storage.get();
        if (present != null) {
            compare(present);
        } else {
            registry.accept(delivered);
        }
    }

    /** Takes what is written there, unless it is known: written from here, or taken before. */
    private void compare(PinStorage present) {
        Stored now;
        try {
            now = present.read();
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.WARNING,
                    "policy: configuration '" + CoreComponent.PID + "' cannot be read, the pin stays as it is", e);
            return;
        }
        synchronized (lock) {
            if (operators > 0 || writing || now.equals(seen)) {
                return;
            }
            seen = now;
        }
        registry.accept(now.pin());
    }
}
