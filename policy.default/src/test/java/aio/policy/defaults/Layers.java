package aio.policy.defaults;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Packages in layers, the lowest first. A class may use packages of lower layers and its own; not another one of its
 * own layer, so that there is no cycle.
 */
final class Layers {
    private final String root;
    private final Map<String, Integer> heights = new HashMap<>();
    private final Set<String> exceptions;

    private Layers(String root, List<String> layers, Set<String> exceptions) {
        this.root = root;
        this.exceptions = exceptions;
        for (int height = 0; height < layers.size(); height++) {
            for (String name : layers.get(height).split(" ")) {
                heights.put(name, height);
            }
        }
    }

    /** Holds a package and those below it. */
    static Layers of(String root, String... layers) {
        return new Layers(root, List.of(layers), Set.of());
    }

    /** Allows what there should not be, each as {@code aio.a.From -> aio.b.To}. */
    Layers butFor(String... known) {
        Layers more = new Layers(root, List.of(), Set.of(known));
        more.heights.putAll(heights);
        return more;
    }

    /** Returns what is wrong, in sentences; empty if all is well. */
    List<String> faults(Iterable<JavaClass> classes) {
        Set<String> faults = new TreeSet<>();
        Set<String> unseen = new HashSet<>(exceptions);
        for (JavaClass from : classes) {
            if (!isHeld(from.getPackageName())) {
                continue;
            }
            if (!heights.containsKey(from.getPackageName())) {
                faults.add("package \"" + from.getPackageName()
                        + "\" has no layer: give it one here and in docs/design.md");
                continue;
            }
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                String edge = outer(from) + " -> " + outer(to);
                if (isUpwards(from.getPackageName(), to.getPackageName()) && !exceptions.contains(edge)) {
                    faults.add(edge + ": a package may use those of lower layers only");
                }
                unseen.remove(edge);
            }
        }
        unseen.forEach(edge -> faults.add(edge + " is gone: take the exception out"));
        return new ArrayList<>(faults);
    }

    private boolean isUpwards(String from, String to) {
        if (from.equals(to) || !isHeld(to)) {
            return false;
        }
        Integer height = heights.get(to);
        return height == null || height >= heights.get(from);
    }

    private boolean isHeld(String name) {
        return heights.containsKey(name) || name.startsWith(root + ".");
    }

    private static String outer(JavaClass type) {
        int nested = type.getName().indexOf('$');
        return nested < 0 ? type.getName() : type.getName().substring(0, nested);
    }
}
