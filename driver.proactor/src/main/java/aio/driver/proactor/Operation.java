package aio.driver.proactor;

/**
 * Something that a port asks of the kernel; made once for each port and posted again and again. Loop thread only.
 */
abstract class Operation {

    /** The state of an operation. */
    enum State {
        /** Nothing is asked for. */
        IDLE,
        /** Asked for; the kernel is not ready. */
        POSTED,
        /** Carried out; the result waits in the completion queue. */
        COMPLETED,
        /** Carried out; the result waits until its port wants results again. */
        HELD,
        /** Nothing is asked for any more. */
        OVER
    }

    private final CompletionQueue completions;
    private State state = State.IDLE;

    Operation(CompletionQueue completions) {
        this.completions = completions;
    }

    /** Carries it out as far as the kernel allows; in poll, when it is posted and the kernel is ready. Never throws. */
    abstract void carryOut();

    /** Delivers the result; in dispatch. Afterwards it is posted again, held or idle. */
    abstract void deliver();

    /** Tells whether its port takes results. */
    abstract boolean isLive();

    final State state() {
        return state;
    }

    final void state(State next) {
        state = next;
    }

    final boolean is(State asked) {
        return state == asked;
    }

    /** Puts the result into the completion queue. */
    final void complete() {
        state = State.COMPLETED;
        completions.add(this);
    }
}
