package aio.core.registry;

/** Finds out which bundle a class or a caller belongs to. Any thread. */
public interface Owners {

    /** On a plain class path: no bundle anywhere. */
    Owners NONE = new Owners() {
        @Override
        public Owner of(Class<?> type) {
            return Owner.NONE;
        }

        @Override
        public Owner caller() {
            return Owner.NONE;
        }
    };

    /** Returns the bundle of a class. */
    Owner of(Class<?> type);

    /** Returns the bundle of the code that called the core. */
    Owner caller();

    /** Returns the bundle whose code makes a loop: the one that asked a policy for it, not the policy's. */
    default Owner maker() {
        return caller();
    }

    /** Returns the bundle of an id; none if it is not installed. */
    default Owner bundle(long id) {
        return Owner.NONE;
    }
}
