package aio.policy.fleet.store;

/** Somebody else has written since one has read: nothing was done. */
public final class Outdated extends Exception {
    private static final long serialVersionUID = 1;

    Outdated(Throwable cause) {
        super("somebody else has decided meanwhile", cause);
    }
}
