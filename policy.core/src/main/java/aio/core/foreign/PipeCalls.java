package aio.core.foreign;

import aio.transport.ReadPipeProtocol;
import aio.transport.ReadTransport;
import aio.transport.WritePipeProtocol;
import aio.transport.WriteTransport;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Calls protocols of pipes. Receiving allocates nothing. Loop thread. */
public final class PipeCalls {
    private PipeCalls() {}

    // ---- reading ends

    /** Calls {@code connectionMade}. */
    public static void made(UserCalls calls, ReadPipeProtocol protocol, ReadTransport transport) {
        calls.guarded(protocol, "protocol.connectionMade() failed", () -> protocol.connectionMade(transport),
                transport);
    }

    /** Calls {@code dataReceived}. */
    public static void received(UserCalls calls, ReadPipeProtocol protocol, ByteBuffer data, Failing failing) {
        long entered = calls.enter(protocol);
        try {
            protocol.dataReceived(data);
        } catch (Throwable failure) {
            Failing.tell(failing, failure, "Fatal error: protocol.dataReceived() call failed.");
        } finally {
            calls.leave(protocol, entered);
        }
    }

    /** Calls {@code eofReceived}. */
    public static void ended(UserCalls calls, ReadPipeProtocol protocol, ReadTransport transport) {
        calls.guarded(protocol, "protocol.eofReceived() failed", protocol::eofReceived, transport);
    }

    /** Calls {@code connectionLost}. */
    public static void lost(
            UserCalls calls, ReadPipeProtocol protocol, @Nullable Throwable cause, ReadTransport transport) {
        calls.guarded(protocol, "protocol.connectionLost() failed", () -> protocol.connectionLost(cause), transport);
    }

    // ---- writing ends

    /** Calls {@code connectionMade}. */
    public static void made(UserCalls calls, WritePipeProtocol protocol, WriteTransport transport) {
        calls.guarded(protocol, "protocol.connectionMade() failed", () -> protocol.connectionMade(transport),
                transport);
    }

    /** Calls {@code connectionLost}. */
    public static void lost(
            UserCalls calls, WritePipeProtocol protocol, @Nullable Throwable cause, WriteTransport transport) {
        calls.guarded(protocol, "protocol.connectionLost() failed", () -> protocol.connectionLost(cause), transport);
    }

    /** Calls {@code pauseWriting}. */
    public static void pauseWriting(UserCalls calls, WritePipeProtocol protocol, WriteTransport transport) {
        calls.guarded(protocol, "protocol.pauseWriting() failed", protocol::pauseWriting, transport);
    }

    /** Calls {@code resumeWriting}. */
    public static void resumeWriting(UserCalls calls, WritePipeProtocol protocol, WriteTransport transport) {
        calls.guarded(protocol, "protocol.resumeWriting() failed", protocol::resumeWriting, transport);
    }
}
