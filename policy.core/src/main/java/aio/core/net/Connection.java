package aio.core.net;

import aio.core.kernel.Resident;

/** A stream connection, as operators see it. Loop thread. */
public interface Connection extends Resident {

    /** Returns what it is and has done. */
    Account account();
}
