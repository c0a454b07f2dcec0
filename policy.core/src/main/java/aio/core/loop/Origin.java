package aio.core.loop;

/** Says where classes come from, for people: the one thing that the loops ask of the framework. Any thread. */
@FunctionalInterface
public interface Origin {

    /** On a plain class path: nowhere in particular. */
    Origin NONE = type -> "";

    /** Returns a text such as {@code aio.policy.default [9]}; empty if the class comes from no bundle. */
    String of(Class<?> type);
}
