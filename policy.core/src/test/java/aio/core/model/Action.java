package aio.core.model;

/**
 * Something that happens.
 *
 * @param kind what
 * @param who which policy or loop, of those that there are
 * @param how a rank, or how a driver behaves
 */
record Action(Kind kind, int who, int how) {

    /** What can happen. */
    enum Kind {
        ARRIVE, DEPART, DESCRIBE, RANK, UNRANK, PIN, UNPIN, INSTALL, UNINSTALL, SET, RESET,
        NEW_LOOP, NEW_OWN_LOOP, RUN, STOP, RUN_ONCE, CLOSE
    }
}
