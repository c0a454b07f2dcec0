package aio.core.foreign;

import aio.core.collection.WeakMap;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which stack has made something of a user, as asyncio's {@code source_traceback}: loops in debug mode note
 * it. Holds neither what was made nor any class. Any thread.
 */
public final class MadeAt {
    private static final int DEEPEST = 64;
    private static final WeakMap<Object, List<StackTraceElement>> STACKS = WeakMap.byIdentity();

    /** Whether there is anything: for the many loops of which nothing is noted. */
    private static volatile boolean used;

    private MadeAt() {}

    /** Notes that it is being made, or the factory of such things given, by this stack. */
    public static void note(Object made) {
        List<StackTraceElement> stack = Arrays.stream(new Throwable().getStackTrace())
                .dropWhile(MadeAt::isOfLoop).limit(DEEPEST).toList();
        used = true;
        STACKS.put(made, stack);
    }

    private static boolean isOfLoop(StackTraceElement frame) {
        return frame.getClassName().startsWith("aio.core.") || frame.getClassName().startsWith("aio.loop.");
    }

    /** Notes that what a factory has made belongs to the owner of the factory. */
    static void inherit(Object factory, Object made) {
        List<StackTraceElement> stack = used ? STACKS.get(factory) : null;
        if (stack != null) {
            STACKS.put(made, stack);
        }
    }

    /** Returns the stack, the caller of the core first; empty if it was not noted. */
    public static List<StackTraceElement> of(Object made) {
        List<StackTraceElement> stack = STACKS.get(made);
        return stack == null ? List.of() : stack;
    }

    /** Returns the stack of a failure; empty if it has none, or cannot tell it. */
    public static List<StackTraceElement> thrown(@Nullable Throwable failure) {
        try {
            return failure == null ? List.of() : List.of(failure.getStackTrace());
        } catch (Throwable broken) {
            return List.of();
        }
    }
}
