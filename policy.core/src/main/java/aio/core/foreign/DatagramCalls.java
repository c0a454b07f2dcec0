package aio.core.foreign;

import aio.transport.DatagramProtocol;
import aio.transport.DatagramTransport;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Calls protocols of datagram endpoints. Receiving allocates nothing. Loop thread. */
public final class DatagramCalls {
    private DatagramCalls() {}

    /** Calls {@code connectionMade}. */
    public static void made(UserCalls calls, DatagramProtocol protocol, DatagramTransport transport) {
        calls.guarded(protocol, "protocol.connectionMade() failed", () -> protocol.connectionMade(transport),
                transport);
    }

    /** Calls {@code datagramReceived}. */
    public static void received(UserCalls calls, DatagramProtocol protocol, ByteBuffer data, SocketAddress sender,
            DatagramTransport transport) {
        long entered = calls.enter(protocol);
        try {
            protocol.datagramReceived(data, sender);
        } catch (Throwable failure) {
            calls.failed(protocol, "protocol.datagramReceived() failed", transport, failure);
        } finally {
            calls.leave(protocol, entered);
        }
    }

    /** Calls {@code errorReceived}. */
    public static void error(
            UserCalls calls, DatagramProtocol protocol, Exception cause, DatagramTransport transport) {
        calls.guarded(protocol, "protocol.errorReceived() failed", () -> protocol.errorReceived(cause), transport);
    }

    /** Calls {@code connectionLost}. */
    public static void lost(
            UserCalls calls, DatagramProtocol protocol, @Nullable Throwable cause, DatagramTransport transport) {
        calls.guarded(protocol, "protocol.connectionLost() failed", () -> protocol.connectionLost(cause), transport);
    }

    /** Calls {@code pauseWriting}. */
    public static void pauseWriting(UserCalls calls, DatagramProtocol protocol, DatagramTransport transport) {
        calls.guarded(protocol, "protocol.pauseWriting() failed", protocol::pauseWriting, transport);
    }

    /** Calls {@code resumeWriting}. */
    public static void resumeWriting(UserCalls calls, DatagramProtocol protocol, DatagramTransport transport) {
        calls.guarded(protocol, "protocol.resumeWriting() failed", protocol::resumeWriting, transport);
    }
}
