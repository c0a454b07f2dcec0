package aio.core.registry;

import java.time.Instant;

/** Why and by whom the policy may change, and when that began. Immutable. */
record Cause(String text, String who, Instant when, long startNanos) {

    static final String OPERATOR = "operator";

    static Cause of(String text, String who) {
        return new Cause(text, who, Instant.now(), System.nanoTime());
    }

    /** Code did it: the bundle if there is one, else the thread. */
    static Cause byCode(String text, Owner caller) {
        return of(text, caller.isNone() ? thread() : caller.toString());
    }

    static String thread() {
        return "thread \"" + Thread.currentThread().getName() + "\"";
    }
}
