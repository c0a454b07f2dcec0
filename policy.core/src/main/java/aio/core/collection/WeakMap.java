package aio.core.collection;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A map that holds its keys weakly, by {@code equals} or by identity; reading takes no lock. Any thread. */
public final class WeakMap<K, V> {
    private final Map<Key, V> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> cleared = new ReferenceQueue<>();
    private final boolean byIdentity;

    private WeakMap(boolean byIdentity) {
        this.byIdentity = byIdentity;
    }

    /** Makes a map that compares keys by {@code equals}. */
    public static <K, V> WeakMap<K, V> byEquals() {
        return new WeakMap<>(false);
    }

    /** Makes a map that compares keys by identity and calls no method of them. */
    public static <K, V> WeakMap<K, V> byIdentity() {
        return new WeakMap<>(true);
    }

    /** Returns the value of a key, or null. */
    public @Nullable V get(K key) {
        return entries.get(new Key(key, null, byIdentity));
    }

    /** Puts or replaces the value of a key. */
    public void put(K key, V value) {
        expunge();
        entries.put(new Key(key, cleared, byIdentity), value);
    }

    /** Puts unless there is a value; returns the value that is there now. */
    public V putIfAbsent(K key, V value) {
        expunge();
        V present = entries.putIfAbsent(new Key(key, cleared, byIdentity), value);
        return present == null ? value : present;
    }

    /** Removes a key; returns its value, or null. */
    public @Nullable V remove(K key) {
        expunge();
        return entries.remove(new Key(key, null, byIdentity));
    }

    /** Tells whether there is no key. */
    public boolean isEmpty() {
        expunge();
        return entries.isEmpty();
    }

    /** Returns the keys that are still there. */
    @SuppressWarnings("unchecked") // only keys of type K are ever put
    public List<K> keys() {
        List<K> keys = new ArrayList<>();
        for (Key key : entries.keySet()) {
            Object referent = key.get();
            if (referent != null) {
                keys.add((K) referent);
            }
        }
        return keys;
    }

    /** Removes the entries for which {@code condition} holds. */
    @SuppressWarnings("unchecked")
    public void removeIf(BiPredicate<K, V> condition) {
        entries.entrySet().removeIf(entry -> {
            Object referent = entry.getKey().get();
            return referent == null || condition.test((K) referent, entry.getValue());
        });
    }

    /** Removes all. */
    public void clear() {
        entries.clear();
    }

    private void expunge() {
        for (Object key = cleared.poll(); key != null; key = cleared.poll()) {
            entries.remove(key);
        }
    }

    private static final class Key extends WeakReference<Object> {
        private final int hash;
        private final boolean byIdentity;

        Key(Object referent, @Nullable ReferenceQueue<Object> queue, boolean byIdentity) {
            super(referent, queue);
            this.byIdentity = byIdentity;
            this.hash = byIdentity ? System.identityHashCode(referent) : referent.hashCode();
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            if (!(other instanceof Key)) {
                return false;
            }
            Object mine = get();
            Object others = ((Key) other).get();
            return mine != null && (mine == others || !byIdentity && mine.equals(others));
        }
    }
}
