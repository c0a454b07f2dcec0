package ${package};

import aio.spi.ForwardingDriver;
import aio.spi.IoDriver;
import java.io.IOException;

/**
 * The I/O engine of one loop. It leaves everything to the selector driver: override what yours does another way, one
 * method after the other, and let the contract suite tell whether it still is a driver. Once nothing is left to the
 * other one, implement {@link IoDriver} itself.
 */
final class OwnDriver extends ForwardingDriver {
    OwnDriver(IoDriver inside) {
        super(inside);
    }

    @Override
    public int poll(long timeoutNanos) throws IOException {
        return super.poll(timeoutNanos);
    }
}
