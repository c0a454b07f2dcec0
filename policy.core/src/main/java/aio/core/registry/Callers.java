package aio.core.registry;

import aio.policy.EventLoopPolicy;
import java.lang.StackWalker.Option;
import java.util.Optional;

/**
 * Finds the class that called the core: the first one on the stack that is neither the core, the facade nor the JDK.
 */
public final class Callers {
    private static final StackWalker WALKER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private Callers() {}

    public static Optional<Class<?>> find() {
        return WALKER.walk(frames -> frames.<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                .filter(Callers::isForeign)
                .findFirst());
    }

    /** Finds the class that makes a loop: as {@link #find}, and neither of the API nor a policy. */
    public static Optional<Class<?>> findMaker() {
        ClassLoader api = EventLoopPolicy.class.getClassLoader();
        return WALKER.walk(frames -> frames.<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                .filter(type -> isForeign(type) && type.getClassLoader() != api
                        && !EventLoopPolicy.class.isAssignableFrom(type))
                .findFirst());
    }

    private static boolean isForeign(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        String name = type.getName();
        return loader != null
                && loader != ClassLoader.getPlatformClassLoader()
                && !name.startsWith("aio.core.")
                && !name.equals("aio.EventLoops");
    }
}
