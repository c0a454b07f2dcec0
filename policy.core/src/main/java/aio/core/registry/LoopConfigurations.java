package aio.core.registry;

/** The configurations that make managed loops. Any thread, never with a lock held. */
@FunctionalInterface
public interface LoopConfigurations {

    /** There are none. */
    LoopConfigurations NONE = name -> false;

    /** Deletes what makes the loop of a name; returns whether there was anything. */
    boolean delete(String name);
}
