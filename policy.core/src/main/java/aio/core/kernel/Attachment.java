package aio.core.kernel;

import aio.core.foreign.PortCalls;
import aio.spi.IoDriver;
import aio.spi.Port;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * A channel that the loop owns and a driver serves: what an exchange of drivers carries over. Loop thread.
 */
public abstract class Attachment implements Resident, PortCalls.Owner {
    @Nullable Mount mount;
    @Nullable Attachment previous;
    @Nullable Attachment next;

    /** What kinds there are, for counting. */
    public enum Kind { CONNECTION, LISTENER, CONNECT, DATAGRAM, PIPE, WATCH }

    /** Returns what it is. */
    public abstract Kind kind();

    /** Returns the channel. */
    public abstract SelectableChannel channel();

    /** Tells whether it is a connection, open or being made: what people count. */
    final boolean isConnection() {
        return kind() == Kind.CONNECTION || kind() == Kind.CONNECT;
    }

    /** Tells whether the loop closes the channel; a watched one belongs to the user. */
    public boolean ownsChannel() {
        return true;
    }

    /** Lets the driver adopt the channel, and restores what was asked of the port before. Replaces the port. */
    protected abstract void adopt(IoDriver driver) throws IOException;

    /** Returns the port; null if there is none. */
    protected abstract @Nullable Port port();

    /** Is told that another driver serves the channel now: what waited for the old one must be tried again. */
    protected void carried() {}

    /** Is told that the channel could not be carried over and is lost. */
    protected abstract void lost(Throwable cause);

    @Override
    public final void driverFailed(Throwable failure) {
        Mount holder = mount;
        if (holder != null) {
            holder.failed(failure);
        }
    }

    /** Tells whether a driver serves it, or will. */
    public final boolean isAttached() {
        return mount != null;
    }
}
