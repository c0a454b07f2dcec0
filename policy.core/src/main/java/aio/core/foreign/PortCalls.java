package aio.core.foreign;

import aio.spi.DatagramPort;
import aio.spi.ListenerPort;
import aio.spi.StreamPort;
import aio.spi.WatchPort;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Calls the ports of drivers for channels that the core owns. What a driver throws is its own failure, and never
 * reaches who writes to a connection: the driver is replaced, and the next one is asked for the same again. An {@link
 * IOException} is no failure of the driver, but says that the channel is broken. Loop thread.
 */
public final class PortCalls {
    private PortCalls() {}

    /** What has a port, and is carried to another driver if that one fails. */
    @FunctionalInterface
    public interface Owner {

        /** The driver of the port has failed. */
        void driverFailed(Throwable failure);
    }

    /** Writes; takes nothing if the driver fails. */
    public static int write(StreamPort port, ByteBuffer data, Owner owner) throws IOException {
        try {
            return port.write(data);
        } catch (IOException broken) {
            throw broken;
        } catch (Throwable failure) {
            owner.driverFailed(failure);
            return 0;
        }
    }

    /** Returns how many bytes the port has taken and not sent; none if the driver fails. */
    public static long unwritten(StreamPort port, Owner owner) {
        try {
            return port.unwritten();
        } catch (Throwable failure) {
            owner.driverFailed(failure);
            return 0;
        }
    }

    /** Sends what would go with the next poll; what a driver that fails has of it comes back with its release. */
    public static void flush(StreamPort port, Owner owner) throws IOException {
        try {
            port.flush();
        } catch (IOException broken) {
            throw broken;
        } catch (Throwable failure) {
            owner.driverFailed(failure);
        }
    }

    /** Shuts the output down; answers false if the driver has failed, and the next one is to be asked. */
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

    /** Says what the port is to watch; the next driver is told as well. */
    public static void watch(WatchPort port, boolean reading, boolean writing, Owner owner) {
        try {
            port.interest(reading, writing);
        } catch (Throwable failure) {
            owner.driverFailed(failure);
        }
    }
}
