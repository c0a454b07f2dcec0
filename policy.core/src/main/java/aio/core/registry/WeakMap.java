package aio.core.registry;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A map that holds its keys weakly, by {@code equals} or by identity; reading takes no lock. Any thread. */
final class WeakMap<K, V> {
    private final Map<Key, V> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> cleared = new ReferenceQueue<>();
    private final boolean byIdentity;

    private WeakMap(boolean byIdentity) {
        this.byIdentity = byIdentity;
    }

    static <K, V> WeakMap<K, V> byEquals() {
        return new WeakMap<>(false);
    }

    static <K, V> WeakMap<K, V> byIdentity() {
        return new WeakMap<>(true);
    }

    @Nullable V get(K key) {
        return entries.get(new Key(key, null, byIdentity));
    }

    void put(K key, V value) {
        expunge();
        entries.put(new Key(key, cleared, byIdentity), value);
    }

    /** Puts unless there is a value; answers the value that is there now. */
    V putIfAbsent(K key, V value) {
        expunge();
        V present = entries.putIfAbsent(new Key(key, cleared, byIdentity), value);
        return present == null ? value : present;
    }

    @Nullable V remove(K key) {
        expunge();
        return entries.remove(new Key(key, null, byIdentity));
    }

    boolean isEmpty() {
        expunge();
        return entries.isEmpty();
    }

    @SuppressWarnings("unchecked") // only keys of type K are ever put
    List<K> keys() {
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
    void removeIf(BiPredicate<K, V> condition) {
        entries.entrySet().removeIf(entry -> {
            Object referent = entry.getKey().get();
            return referent == null || condition.test((K) referent, entry.getValue());
        });
    }

    void clear() {
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
