package aio.core.transport;

import aio.core.kernel.Attachment;
import aio.core.kernel.Kernel;
import aio.spi.IoDriver;
import aio.spi.Port;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A channel with its port: each driver that adopts it is asked for what was asked of the one before, and it is without
 * a port while the driver does not serve its kind. A stream connection keeps its port itself: it asks for it at each
 * read and write, and does so without a cast. Loop thread.
 *
 * @param <P> the kind of port
 */
public abstract class Served<P extends Port> extends Attachment {
    protected final Kernel kernel;
    private @Nullable P port;

    protected Served(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Asks the driver for a port of the channel, on which nothing is wanted yet. */
    protected abstract P serve(IoDriver driver) throws IOException;

    /** Asks a new port for what is wanted now. A failure leaves the present port. */
    protected abstract void restore(P fresh);

    @Override
    protected final void adopt(IoDriver driver) throws IOException {
        take(kernel.seat().checked(serve(driver)));
    }

    /** Makes a port the present one. */
    protected final void take(P fresh) {
        restore(fresh);
        port = fresh;
    }

    @Override
    protected void suspend() throws IOException {
        if (needs() == null) {
            super.suspend();
        }
        port = null;
    }

    @Override
    protected final @Nullable P port() {
        return port;
    }

    /** Takes the channel back from the driver; harmless if none has it. */
    protected final void leaveDriver() {
        kernel.seat().detach(this);
        port = null;
    }
}
