package aio.core.registry;

import aio.core.foreign.PolicyCalls;
import aio.core.foreign.Text;
import aio.policy.Installation;
import aio.policy.PolicyChange;
import aio.policy.PolicyListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Remembers the last changes and tells the listeners. Any thread. */
final class History {
    private final List<Change> changes = new ArrayList<>();
    private final List<Registered> listeners = new CopyOnWriteArrayList<>();
    private int limit;

    History(int limit) {
        this.limit = limit;
    }

    void limit(int size) {
        synchronized (changes) {
            limit = size;
            trim();
        }
    }

    void add(Change change) {
        synchronized (changes) {
            changes.add(change);
            trim();
        }
    }

    /** Writes what is known by now into a change, if it is still remembered. */
    void amend(long number, UnaryOperator<Change> news) {
        synchronized (changes) {
            changes.replaceAll(change -> change.number() == number ? news.apply(change) : change);
        }
    }

    private void trim() {
        if (changes.size() > limit) {
            changes.subList(0, changes.size() - limit).clear();
        }
    }

    List<PolicyChange> all() {
        synchronized (changes) {
            return List.copyOf(changes);
        }
    }

    Installation listen(PolicyListener listener) {
        Registered registered = new Registered(Objects.requireNonNull(listener, "listener"));
        listeners.add(registered);
        return () -> listeners.remove(registered);
    }

    /** Forgets listeners of classes that are gone. */
    void purge(Predicate<Class<?>> gone) {
        listeners.removeIf(registered -> gone.test(registered.listener.getClass()));
    }

    void tell(PolicyChange change) {
        for (Registered registered : listeners) {
            PolicyCalls.changed(registered.listener, change, "policy: listener "
                    + Text.ofClass(registered.listener.getClass()) + " failed at change " + change.number()
                    + "; the others are told all the same");
        }
    }

    /** One registration: the same listener may be registered twice. */
    private static final class Registered {
        final PolicyListener listener;

        Registered(PolicyListener listener) {
            this.listener = listener;
        }
    }
}
