package aio.core.transport;

import aio.core.foreign.PortCalls;
import aio.core.kernel.Kernel;
import aio.spi.WatchEvents;
import aio.spi.WatchPort;

/** A channel that is watched: the loop is told when it can be read or written. Loop thread. */
public abstract class Watched extends Served<WatchPort> implements WatchEvents {
    protected Watched(Kernel kernel) {
        super(kernel);
    }

    /** Tells whether {@link #readable} is to be called. */
    protected abstract boolean wantsReading();

    /** Tells whether {@link #writable} is to be called. */
    protected abstract boolean wantsWriting();

    @Override
    protected final void restore(WatchPort fresh) {
        fresh.interest(wantsReading(), wantsWriting());
    }

    /** Tells the port what is wanted now. */
    protected final void applyInterest() {
        WatchPort present = port();
        if (present != null) {
            PortCalls.watch(present, wantsReading(), wantsWriting(), this);
        }
    }
}
