package aio.testkit.junit;

import aio.loop.LoopResource;
import aio.loop.ResourceKind;
import java.util.List;

/** What a test has left behind, as its failure tells it. */
final class Leftovers {
    private static final int FRAMES = 8;

    private final String test;
    private final StringBuilder texts = new StringBuilder();
    private int count;

    Leftovers(String test) {
        this.test = test;
    }

    /** Adds something on a loop. */
    void add(LoopResource resource) {
        String of = resource.kind() == ResourceKind.UNRETRIEVED
                ? "a failure that was never retrieved: " + resource.text()
                : "a " + resource.kind() + ": " + resource.text() + ", of " + resource.owner();
        String whose = of + resource.bundle().map(bundle -> " in bundle " + bundle).orElse("");
        boolean unknown = resource.madeAt().isEmpty();
        add(unknown ? whose + "; made outside of debug mode, so it is not known where" : whose, resource.madeAt());
    }

    /** Adds something, with the stack that has made it as far as it is known. */
    void add(String what, List<StackTraceElement> madeAt) {
        count++;
        texts.append("\n  ").append(what);
        append(madeAt);
    }

    /** Adds what is known besides of the last one. */
    void addDetail(String what, List<StackTraceElement> stack) {
        texts.append("\n    ").append(what);
        append(stack);
    }

    private void append(List<StackTraceElement> stack) {
        stack.stream().takeWhile(frame -> !isOfRunner(frame)).limit(FRAMES)
                .forEach(frame -> texts.append("\n      at ").append(frame));
    }

    private static boolean isOfRunner(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("org.junit.") || type.startsWith("jdk.internal.reflect.")
                || type.startsWith("java.lang.reflect.");
    }

    /** Fails the test if there is anything. */
    void check() {
        if (count > 0) {
            throw new AssertionError("test \"" + test + "\" left " + (count == 1 ? "something" : count + " things")
                    + " behind, expected nothing: end it in the test, or in an @AfterEach method" + texts);
        }
    }
}
