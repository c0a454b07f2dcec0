package aio.core.net.name;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Alternates between address families, so that a family that does not work costs one attempt only (RFC 8305). */
public final class Interleaving {
    private Interleaving() {}

    /** Orders addresses: {@code firstCount} of the first family, then one of each in turn; 0 keeps the order. */
    public static List<InetSocketAddress> of(List<InetSocketAddress> addresses, int firstCount) {
        if (firstCount == 0) {
            return addresses;
        }
        Map<Class<? extends InetAddress>, Deque<InetSocketAddress>> families = new LinkedHashMap<>();
        for (InetSocketAddress each : addresses) {
            families.computeIfAbsent(each.getAddress().getClass(), family -> new ArrayDeque<>()).add(each);
        }
        List<InetSocketAddress> ordered = new ArrayList<>(addresses.size());
        families.values().stream().findFirst().ifPresent(first -> {
            for (int i = 1; i < firstCount && !first.isEmpty(); i++) {
                ordered.add(first.remove());
            }
        });
        while (ordered.size() < addresses.size()) {
            for (Deque<InetSocketAddress> family : families.values()) {
                if (!family.isEmpty()) {
                    ordered.add(family.remove());
                }
            }
        }
        return ordered;
    }
}
