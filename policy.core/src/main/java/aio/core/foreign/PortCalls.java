package aio.core.foreign;

import aio.spi.DatagramPort;
import aio.spi.ListenerPort;
import aio.spi.StreamPort;
import aio.spi.WatchPort;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/**
 * Calls the ports of drivers for channels that the core owns. What a driver throws is its own failure and never
 * reaches the writer of a connection: the driver is replaced, and the next one is asked for the same again. An {@link
 * IOException} is not a failure of the driver: the channel is broken. Loop thread.
 */
public final class PortCalls {
    private PortCalls() {}

    /** The owner of a port; it is carried to another driver if the port's driver fails. */
    public interface Owner {

        /** The driver of the port has failed. */
        void driverFailed(Throwable failure);

        /** Tells whether a failure is the driver's, and not that of the user who has the channel. */
        boolean isFaultOfDriver(Throwable failure);
    }

    /**
     * Writes; stops taking bytes if the driver fails. The position of the buffer tells how many bytes were taken.
     *
     * @throws UntrustedException if the driver contradicts itself, so that the number of bytes taken is unknown
     */
    public static int write(StreamPort port, ByteBuffer data, Owner owner) throws IOException {
        int start = data.position();
        int limit = data.limit();
        int taken;
        try {
            taken = port.write(data);
        } catch (IOException broken) {
            throw broken;
        } catch (Throwable failure) {
            owner.driverFailed(failure);
            taken = data.position() - start;
        }
        if (taken < 0 || taken != data.position() - start || data.limit() != limit) {
            String seen = "it took " + taken + " bytes of a buffer from " + start + " to " + limit + " and left it at "
                    + data.position() + " to " + data.limit();
            data.limit(limit).position(limit);
            throw untrusted(seen, owner);
        }
        return taken;
    }

    private static UntrustedException untrusted(String seen, Owner owner) {
        owner.driverFailed(new IllegalStateException("the driver contradicts itself: " + seen));
        return new UntrustedException("how many bytes were sent is not known, since the driver contradicts itself: "
                + seen, null);
    }

    /**
     * Returns how many bytes the port has taken and not sent; none if the driver fails.
     *
     * @param most the upper bound
     */
    public static long unwritten(StreamPort port, long most, Owner owner) {
        try {
            long count = port.unwritten();
            if (count < 0 || count > most) {
                throw new IllegalStateException("the driver says that " + count
                        + " bytes wait to be sent; expected 0 to " + most);
            }
            return count;
        } catch (Throwable failure) {
            owner.driverFailed(failure);
            return 0;
        }
    }

    /**
     * Writes a part of a file; returns as {@link StreamPort#transferFrom}.
     *
     * @throws UntrustedException if the driver fails, or returns an impossible number: how many bytes were taken is
     *     unknown
     */
    public static long transfer(StreamPort port, FileChannel file, long position, long count, Owner owner)
            throws IOException {
        long taken;
        try {
            taken = port.transferFrom(file, position, count);
        } catch (IOException broken) {
            throw broken;
        } catch (Throwable failure) {
            owner.driverFailed(failure);
            throw new UntrustedException("the driver failed while it was sending a file: how many bytes were sent is"
                    + " not known", failure);
        }
        if (taken > count) {
            throw untrusted("it took " + taken + " of " + count + " bytes of a file", owner);
        }
        return taken;
    }

    /** Sends a datagram; returns false if it is to be sent later, perhaps by the next driver. */
    public static boolean send(DatagramPort port, ByteBuffer data, SocketAddress target, Owner owner)
            throws IOException {
        int size = data.remaining();
        boolean taken;
        try {
            taken = port.send(data, target);
        } catch (IOException | UnsupportedAddressTypeException unsendable) {
            throw unsendable;
        } catch (Throwable failure) {
            owner.driverFailed(failure);
            return size > 0 && !data.hasRemaining();
        }
        if (size > 0 && taken == data.hasRemaining()) {
            owner.driverFailed(new IllegalStateException("the driver says that a datagram was "
                    + (taken ? "" : "not ") + "taken, and left " + data.remaining() + " of " + size + " bytes"));
            return !data.hasRemaining();
        }
        return taken;
    }

    /** Sends what would go with the next poll; what a failing driver still holds is handed back when it is released. */
    public static void flush(StreamPort port, Owner owner) throws IOException {
        try {
            port.flush();
        } catch (IOException broken) {
            throw broken;
        } catch (Throwable failure) {
            owner.driverFailed(failure);
        }
    }

    /** Shuts the output down; returns false if the driver has failed, and the next one is to be asked. */
    public static boolean shutDownOutput(StreamPort port, Owner owner) throws IOException {
        try {
            port.shutdownOutput();
            return true;
        } catch (IOException broken) {
            throw broken;
        } catch (Throwable failure) {
            owner.driverFailed(failure);
            return false;
        }
    }

    /** Says whether the port is to read; the next driver is told as well. */
    public static void read(StreamPort port, boolean reading, Owner owner) {
        try {
            if (reading) {
                port.resumeReading();
            } else {
                port.pauseReading();
            }
        } catch (Throwable failure) {
            owner.driverFailed(failure);
        }
    }

    /** Says whether the port is to accept; the next driver is told as well. */
    public static void accept(ListenerPort port, boolean accepting, Owner owner) {
        try {
            if (accepting) {
                port.resumeAccepting();
            } else {
                port.pauseAccepting();
            }
        } catch (Throwable failure) {
            owner.driverFailed(failure);
        }
    }

    /** Says whether the port is to receive; the next driver is told as well. */
    public static void receive(DatagramPort port, boolean receiving, Owner owner) {
        try {
            if (receiving) {
                port.resumeReceiving();
            } else {
                port.pauseReceiving();
            }
        } catch (Throwable failure) {
            owner.driverFailed(failure);
        }
    }

    /** Says what the port is to watch; the next driver is told as well. A failure of the user's gets through. */
    public static void watch(WatchPort port, boolean reading, boolean writing, Owner owner) {
        try {
            port.interest(reading, writing);
        } catch (Throwable failure) {
            if (!owner.isFaultOfDriver(failure)) {
                throw failure;
            }
            owner.driverFailed(failure);
        }
    }

    /** Returns the reason that the driver has told, or a general one if it has told none. */
    public static IOException cause(@Nullable IOException told) {
        return told == null ? new IOException("the driver told of a failure and gave no cause") : told;
    }
}
