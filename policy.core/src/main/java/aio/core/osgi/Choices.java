package aio.core.osgi;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.core.osgi.ChoiceStorage.Content;
import aio.core.osgi.ChoiceStorage.Stored;
import aio.core.registry.Choice;
import aio.core.registry.ChoiceStore;
import java.io.IOException;
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
    private static final CoreLog LOG = CoreLog.POLICY;

    private final Supplier<@Nullable ChoiceStorage> storage;
    private final Consumer<Choice> registry;
    private final Object lock = new Object();
    private @Nullable Stored seen;
    private Choice wanted = Choice.NONE;
    private @Nullable String obstacle;
    private @Nullable Choice written;
    private boolean dirty;
    private boolean writing;
    private boolean unwritten; // the operator has chosen what no storage has taken
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
        boolean isWriter;
        synchronized (lock) {
            operators--;
            wanted = choice;
            isWriter = mustWrite();
        }
        settle(isWriter);
    }

    /**
     * One thread writes, and sees what others want meanwhile. It is the one that asks for it: what a second one wrote
     * could come after the call that has asked, and undo what came then. To be called under the lock.
     */
    private boolean mustWrite() {
        boolean isFirst = !writing;
        dirty = true;
        writing = true;
        return isFirst;
    }

    /** Writes what is to be written, then takes what somebody else has written. */
    private void settle(boolean isWriter) {
        if (isWriter) {
            for (Choice taken = take(); taken != null; taken = take()) {
                ChoiceStorage present = storage.get();
                if (present == null) {
                    keep("there is no configuration admin");
                } else {
                    write(present, taken);
                }
            }
        }
        ChoiceStorage present = storage.get();
        if (present != null) {
            compare(present);
        }
    }

    /** Returns what is to be written; null ends the writing. */
    private @Nullable Choice take() {
        synchronized (lock) {
            writing = dirty;
            dirty = false;
            return writing ? wanted : null;
        }
    }

    /** Keeps what could not be written for a storage that comes. */
    private void keep(String why) {
        synchronized (lock) {
            unwritten = true;
            obstacle = why;
            dirty = dirty || storage.get() != null; // it has come meanwhile
        }
        tellUnwritten(why + "; it is written when one comes");
    }

    private static void tellUnwritten(String why) {
        LOG.log(Level.WARNING, "policy: what the operator chose holds, but is not written to configuration '"
                + CoreComponent.PID + "' and will not survive a restart: " + why);
    }

    private void write(ChoiceStorage present, Choice choice) {
        Stored stored = null;
        String problem;
        try {
            stored = present.write(choice);
            problem = stored.choice().equals(choice) ? null : stored.obstacle();
        } catch (IOException | RuntimeException | LinkageError e) { // of a foreign configuration admin
            problem = "it cannot be written: " + Text.of(e);
            stored = readAgain(present);
        }
        boolean isTold;
        synchronized (lock) {
            seen = stored == null ? seen : stored;
            obstacle = problem;
            unwritten = stored == null;
            isTold = choice.equals(written);
            written = problem == null ? choice : written;
        }
        if (problem != null) {
            tellUnwritten(problem);
        } else if (stored != null && stored.file() != null && !isTold) {
            LOG.log(Level.INFO, "policy: what the operator chose is written to file '" + stored.file()
                    + "', for every reader of that file; felix.fileinstall.enableConfigSave=false forbids it");
        }
    }

    /** What could not be written must not be taken back for what was there before. */
    private static @Nullable Stored readAgain(ChoiceStorage present) {
        try {
            return present.read();
        } catch (IOException | RuntimeException | LinkageError e) {
            return null; // it is read again when it changes
        }
    }

    /**
     * The storage has come, or may have changed: what the operator has chosen without it is written there; else what is
     * written there is taken.
     */
    void attached() {
        boolean isWriter;
        synchronized (lock) {
            isWriter = unwritten && mustWrite();
        }
        settle(isWriter);
    }

    /** The configuration has arrived, with {@code delivered} as its choice. */
    void configured(Choice delivered) {
        if (storage.get() != null) {
            attached();
            return;
        }
        synchronized (lock) {
            if (unwritten) {
                return; // it is older than what the operator chose
            }
            wanted = delivered;
        }
        registry.accept(delivered);
    }

    /** Takes what is written there, unless it is known: written from here, or taken before. */
    private void compare(ChoiceStorage present) {
        Stored before;
        Stored now;
        do {
            before = seen();
            try {
                now = present.read();
            } catch (IOException | RuntimeException | LinkageError e) { // of a foreign configuration admin
                LOG.log(Level.WARNING, "policy: configuration '" + CoreComponent.PID
                        + "' cannot be read, pin and ranks stay as they are: " + Text.of(e));
                return;
            }
        } while (!takeUnlessKnown(before, now));
    }

    /** Returns false if somebody has written or read since {@code before}, so that {@code now} may be older. */
    private boolean takeUnlessKnown(@Nullable Stored before, Stored now) {
        synchronized (lock) {
            if (operators > 0 || writing || unwritten) {
                return true;
            }
            if (seen != before) {
                return false;
            }
            if (now.isSameAs(seen)) {
                return true;
            }
            seen = now;
            obstacle = now.problem();
            if (now.content() == Content.EMPTY && wanted.equals(Choice.NONE)) {
                return true; // there is nothing that it could take back
            }
            if (now.isTaken()) {
                wanted = now.choice();
            }
        }
        if (now.isTaken()) {
            registry.accept(now.choice());
        } else {
            LOG.log(Level.WARNING, "policy: configuration '" + CoreComponent.PID + "' is not taken: " + now.problem());
        }
        return true;
    }

    private @Nullable Stored seen() {
        synchronized (lock) {
            return seen;
        }
    }

    @Override
    public @Nullable String origin() {
        ChoiceStorage present = storage.get();
        Stored known = seen();
        return present == null || known == null ? null : present.origin(known);
    }

    @Override
    public @Nullable String difference() {
        synchronized (lock) {
            if (unwritten) {
                return "is not written to the configuration '" + CoreComponent.PID + "', since " + obstacle
                        + "; it is written when one comes";
            }
            Stored known = seen;
            if (known == null || known.choice().equals(wanted)) {
                return null;
            }
            String written = known.isTaken() ? "has " + known.choice().text() : "is not taken";
            return "differs from the configuration '" + CoreComponent.PID + "', which " + written
                    + (obstacle == null ? "" : ", since " + obstacle) + "; the next change of it wins";
        }
    }
}
