package aio.core.loop;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Describes a loop that does not come to its next turn: thread, guilty callback with its bundle, stack. Any thread. */
final class BlockedLoops {
    private static final int FRAMES = 8;

    private BlockedLoops() {}

    static String describe(CoreLoop loop, Origin origin) {
        Thread thread = loop.kernel().runner();
        Object guilty = loop.kernel().calls().current();
        if (thread == null) {
            return "loop \"" + loop.name() + "\" has not exchanged its driver yet: it goes on in the background";
        }
        if (thread == Thread.currentThread()) {
            return "loop \"" + loop.name() + "\" runs the callback that asked for the exchange of its driver:"
                    + " it follows when that returns";
        }
        if (guilty == null) {
            return "loop \"" + loop.name() + "\" on thread \"" + thread.getName()
                    + "\" has not finished the exchange of its driver yet: it goes on in the background";
        }
        String bundle = origin.of(guilty.getClass());
        String stack = Arrays.stream(thread.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        return "loop \"" + loop.name() + "\" is blocked on thread \"" + thread.getName() + "\" by "
                + guilty.getClass().getName() + (bundle.isEmpty() ? "" : " of bundle " + bundle)
                + ", and exchanges its driver when that returns; it is at " + stack;
    }
}
