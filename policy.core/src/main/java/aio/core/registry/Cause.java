package aio.core.registry;

import aio.policy.ChangeActor;
import aio.policy.ChangeReason;
import java.time.Instant;

/** Why and by whom the policy may change, and when that began. Immutable. */
record Cause(ChangeReason reason, String text, ChangeActor actor, String who, Instant when, long startNanos) {

    private static Cause of(ChangeReason reason, String text, ChangeActor actor, String who) {
        return new Cause(reason, text, actor, who, Instant.now(), System.nanoTime());
    }

    /** Returns the cause with something more to say of it. */
    Cause with(String more) {
        return new Cause(reason, text + more, actor, who, when, startNanos);
    }

    /** Returns the cause with another name of who did it. */
    Cause named(String name) {
        return new Cause(reason, text, actor, name, when, startNanos);
    }

    /** The operator did it. */
    static Cause byOperator(ChangeReason reason, String text) {
        return of(reason, text, ChangeActor.OPERATOR, ChangeActor.OPERATOR.toString());
    }

    /** A bundle did it if there is one, else this thread. */
    static Cause by(Owner owner, ChangeReason reason, String text) {
        return owner.isNone() ? byThread(reason, text) : of(reason, text, ChangeActor.BUNDLE, owner.toString());
    }

    /** This thread did it. */
    static Cause byThread(ChangeReason reason, String text) {
        return of(reason, text, ChangeActor.THREAD, "thread \"" + Thread.currentThread().getName() + "\"");
    }
}
