package aio.core.osgi;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.core.osgi.ChoiceStorage.Content;
import aio.core.osgi.ChoiceStorage.Stored;
import aio.core.registry.Choice;
import aio.core.registry.ChoiceStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
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
    private static final long MAX_WAIT_NANOS = 10_000_000_000L;

    private final Supplier<@Nullable ChoiceStorage> storage;
    private final Consumer<Choice> registry;
    private final Object lock = new Object();
    private @Nullable Stored seen;
    private Choice wanted = Choice.NONE;
    private @Nullable String obstacle;
    private @Nullable Choice written;
    private boolean dirty;
    private @Nullable Thread writer; // the only one that writes
    private long asked;
    private long begun; // what was asked for when the present write began
    private long done;
    private boolean applying; // one thread at a time
    private boolean overtaken; // what was applied came in between what an operator did
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

    /** {@inheritDoc} Returns after it was written, so that a late write does not undo what is configured then. */
    @Override
    public void end(Choice choice) {
        boolean isWriter;
        boolean again;
        long mine;
        synchronized (lock) {
            operators--;
            wanted = choice;
            mine = ++asked;
            isWriter = mustWrite();
            again = overtaken && operators == 0;
            overtaken = overtaken && !again;
        }
        settle(isWriter);
        if (!isWriter) {
            await(mine);
        }
        if (again) {
            apply();
        }
    }

    /**
     * One thread writes, and sees what others want meanwhile. It is one that asks for it: whoever only looks must not
     * write. To be called under the lock.
     */
    private boolean mustWrite() {
        dirty = true;
        if (writer != null) {
            return false;
        }
        writer = Thread.currentThread();
        return true;
    }

    /** Waits for another writer, as long as a storage may take. */
    private void await(long mine) {
        long end = System.nanoTime() + MAX_WAIT_NANOS;
        synchronized (lock) {
            if (writer == Thread.currentThread()) {
                return; // called by what it writes to: it looks again when it is back
            }
            try {
                for (long left = MAX_WAIT_NANOS; done < mine && left > 0; left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it is written later
            }
        }
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

    /** Returns what is to be written next, when what was before is written; null ends the writing. */
    private @Nullable Choice take() {
        synchronized (lock) {
            done = begun;
            begun = asked;
            writer = dirty ? writer : null;
            lock.notifyAll();
            boolean isDue = dirty;
            dirty = false;
            return isDue ? wanted : null;
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
        apply();
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
            if (operators > 0 || writer != null || unwritten) {
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
            apply();
        } else {
            LOG.log(Level.WARNING, "policy: configuration '" + CoreComponent.PID + "' is not taken: " + now.problem());
        }
        return true;
    }

    /** Lets the registry follow what is wanted. */
    private void apply() {
        Choice next = beginApply();
        while (next != null) {
            boolean accepted = false;
            try {
                registry.accept(next);
                accepted = true;
            } finally {
                next = nextToApply(accepted ? next : wanted());
            }
        }
    }

    private Choice wanted() {
        synchronized (lock) {
            return wanted;
        }
    }

    private @Nullable Choice beginApply() {
        synchronized (lock) {
            boolean isFirst = !applying;
            applying = true;
            return isFirst ? wanted : null; // else the first one sees it
        }
    }

    private @Nullable Choice nextToApply(Choice last) {
        synchronized (lock) {
            overtaken = operators > 0; // he may have done it before or after: applied again at his end
            applying = !overtaken && !wanted.equals(last);
            return applying ? wanted : null;
        }
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
