package aio.core.kernel;

import aio.loop.ResourceKind;
import org.jspecify.annotations.Nullable;

/** Something of a user that lives on a loop and must be ended when the user's bundle or the core stops. */
public interface Resident {

    /** Returns the object of the user that is called: its bundle owns this. */
    Object user();

    /** Ends it: the user is told in this turn or the next. Loop thread. */
    void end(@Nullable Throwable cause);

    /** Returns what it is to people; null if something else stands for it. */
    default @Nullable ResourceKind resource() {
        return null;
    }

    /** Tells whether it was closed already and only has to send what it still holds. */
    default boolean isClosing() {
        return false;
    }

    /** The loop was closed: nothing can be delivered any more. */
    default void loopClosed() {}
}
