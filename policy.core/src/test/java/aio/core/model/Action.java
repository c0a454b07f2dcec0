package aio.core.model;

/**
 * Something that happens.
 *
 * @param kind what happens
 * @param who the number of the policy or loop, among those that there are
 * @param how a rank, or how a driver behaves
 */
record Action(Kind kind, int who, int how) {

    /** What can happen. */
    enum Kind {
        ARRIVE, DEPART, DESCRIBE, RANK, UNRANK, PIN, UNPIN, INSTALL, UNINSTALL, INSTALL_REFUSING,
        DEPART_UNDER_REFUSING, SET, RESET,
        NEW_LOOP, NEW_OWN_LOOP, RUN, STOP, RUN_ONCE, CLOSE
    }
}
