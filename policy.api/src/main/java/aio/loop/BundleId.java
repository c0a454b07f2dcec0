package aio.loop;

/**
 * The name and the id of a bundle. Holds no reference to it.
 *
 * @param name the symbolic name
 * @param id the id in its framework
 */
public record BundleId(String name, long id) {

    /** Returns a text such as {@code aio.policy.default [9]}. */
    @Override
    public String toString() {
        return name + " [" + id + "]";
    }
}
