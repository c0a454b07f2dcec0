package aio.core.kernel;

import aio.core.foreign.PortCalls;
import aio.loop.ResourceKind;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.Port;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * A channel that the loop owns and a driver serves: an exchange carries it over. Loop thread.
 */
public abstract class Attachment implements Resident, PortCalls.Owner {
    @Nullable Mount mount;
    @Nullable Attachment previous;
    @Nullable Attachment next;

    /** What kinds there are, for counting. */
    public enum Kind { CONNECTION, LISTENER, CONNECT, DATAGRAM, PIPE, WATCH }

    /** Returns what it is. */
    public abstract Kind kind();

    @Override
    public final ResourceKind resource() {
        return switch (kind()) {
            case CONNECTION -> ResourceKind.CONNECTION;
            case LISTENER -> ResourceKind.SERVER;
            case CONNECT -> ResourceKind.CONNECT;
            case DATAGRAM -> ResourceKind.DATAGRAM;
            case PIPE -> ResourceKind.PIPE;
            case WATCH -> ResourceKind.WATCH;
        };
    }

    /** Returns the channel. */
    public abstract SelectableChannel channel();

    /** Tells whether it is a connection, open or being made, as operators count them. */
    final boolean isConnection() {
        return kind() == Kind.CONNECTION || kind() == Kind.CONNECT;
    }

    /** Tells whether the loop closes the channel; a watched one belongs to the user. */
    public boolean ownsChannel() {
        return true;
    }

    /** Returns the feature that the driver must have to serve this; null if every driver serves it. */
    protected @Nullable DriverFeature needs() {
        return null;
    }

    /** The driver does not serve this: it has no port until another driver comes. */
    protected void suspend() throws IOException {
        throw new IllegalStateException("every driver serves " + channel());
    }

    /** Lets the driver adopt the channel, and restores what was asked of the port before. Replaces the port. */
    protected abstract void adopt(IoDriver driver) throws IOException;

    /** Returns the port; null if there is none. */
    protected abstract @Nullable Port port();

    /** Another driver serves the channel now: what waited for the old one must be tried again. */
    protected void carried() {}

    /** The channel could not be carried over and is lost. */
    protected void lost(Throwable cause) {
        end(cause);
    }

    /** The driver has failed twice to give the channel back: what the driver holds of it is lost. */
    protected void notGivenBack(Throwable cause) {}

    /**
     * Tells whether a failure is the driver's. An {@link IOException} says that the channel cannot be served. The user
     * of a watched channel may have closed it, made it blocking, or asked for what its kind cannot do.
     */
    @Override
    public final boolean isFaultOfDriver(Throwable failure) {
        boolean isUsers = !ownsChannel() && (failure instanceof IllegalArgumentException
                || !channel().isOpen() || channel().isBlocking());
        return !(failure instanceof IOException) && !isUsers;
    }

    @Override
    public final void driverFailed(Throwable failure) {
        Mount holder = mount;
        if (holder != null) {
            holder.failed(failure);
        }
    }

    /** Tells whether its driver has failed: the port is not to be used, and another driver is to come. */
    public final boolean isDriverBroken() {
        Mount holder = mount;
        return holder != null && holder.isBroken();
    }

    /** Tells whether a driver serves it, or will. */
    public final boolean isAttached() {
        return mount != null;
    }
}
