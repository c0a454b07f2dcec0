package aio.core.loop;

import aio.core.kernel.SleepingDriver;
import aio.spi.DriverContext;
import aio.spi.IoDriver;

/** A driver that no loop can open. */
final class HopelessDriver extends SleepingDriver {
    HopelessDriver() {
        super("hopeless");
    }

    @Override
    public IoDriver open(DriverContext context) {
        throw new IllegalStateException("planted failure");
    }
}
