package aio.driver.uring;

import aio.driver.uring.Abilities.Receiving;
import aio.spi.IoDriverFactory;

/** Factories of drivers that lack something, as on older systems, or do something from the beginning. */
final class Variants {
    private Variants() {}

    /** The kernel receives by itself from the beginning; the usual driver waits until that is worthwhile. */
    static IoDriverFactory receivingAtOnce() {
        return new UringDriverFactory(SystemCalls::new, able -> able, new Tuning(true, true));
    }

    /** As on Linux 6.1: each buffer is used once. */
    static IoDriverFactory wholeBuffers() {
        return new UringDriverFactory(SystemCalls::new,
                able -> new Abilities(able.deferred(), able.silentSends(), Receiving.INTO_BUFFERS),
                new Tuning(true, true));
    }

    /** As on Linux 5.15, with descriptors from the system: a ring that any thread enters, and no buffers. */
    static IoDriverFactory oldest() {
        return new UringDriverFactory(SystemCalls::new,
                able -> new Abilities(false, false, Receiving.BY_POLL), new Tuning(false, false));
    }

    /** All that the system can do, on a ring that any thread enters, as for virtual threads. */
    static IoDriverFactory notDeferred() {
        return new UringDriverFactory(SystemCalls::new,
                able -> new Abilities(false, able.silentSends(), able.receiving()), new Tuning(true, true));
    }
}
