package aio.core.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WeakMapTest {

    @Test
    void keyWithoutAReference_isGone() {
        WeakMap<Object, String> map = WeakMap.byEquals();
        Object kept = new Object();
        map.put(kept, "kept");
        WeakReference<Object> key = putAndForget(map);
        while (key.get() != null) {
            System.gc();
        }
        assertThat(map.keys()).containsExactly(kept);
    }

    @Test
    void byIdentity_equalKeysAreTwo() {
        WeakMap<String, String> map = WeakMap.byIdentity();
        String one = new String("key");
        String two = new String("key");
        map.put(one, "1");
        map.put(two, "2");
        assertThat(map.get(one)).isEqualTo("1");
        assertThat(map.get(two)).isEqualTo("2");
        assertThat(map.remove(one)).isEqualTo("1");
        assertThat(map.get(one)).isNull();
    }

    @Test
    void byEquals_equalKeysAreOne() {
        WeakMap<String, String> map = WeakMap.byEquals();
        String one = new String("key");
        String two = new String("key");
        map.put(one, "1");
        assertThat(map.putIfAbsent(two, "2")).isEqualTo("1");
        map.put(two, "2");
        assertThat(map.get(one)).isEqualTo("2");
        map.removeIf((key, value) -> value.equals("2"));
        assertThat(map.isEmpty()).isTrue();
    }

    private static WeakReference<Object> putAndForget(WeakMap<Object, String> map) {
        Object key = new Object();
        map.put(key, "gone");
        return new WeakReference<>(key);
    }
}
