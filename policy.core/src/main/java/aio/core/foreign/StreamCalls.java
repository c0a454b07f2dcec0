package aio.core.foreign;

import aio.transport.BufferedProtocol;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Calls protocols of streams. Receiving allocates nothing. Loop thread. */
public final class StreamCalls {
    private StreamCalls() {}

    /** Calls {@code connectionMade}. */
    public static void made(UserCalls calls, StreamProtocol protocol, StreamTransport transport) {
        calls.guarded(protocol, "protocol.connectionMade() failed", () -> protocol.connectionMade(transport),
                transport);
    }

    /** Calls {@code dataReceived}. */
    public static void received(UserCalls calls, StreamProtocol protocol, ByteBuffer data, Failing failing) {
        long entered = calls.enter(protocol);
        try {
            protocol.dataReceived(data);
        } catch (Throwable failure) {
            Failing.tell(failing, failure, "Fatal error: protocol.dataReceived() call failed.");
        } finally {
            calls.leave(protocol, entered);
        }
    }

    /** Asks for a buffer with space; returns null if there is none, which has ended the connection. */
    public static @Nullable ByteBuffer buffer(UserCalls calls, BufferedProtocol protocol, Failing failing) {
        long entered = calls.enter(protocol);
        try {
            ByteBuffer buffer = protocol.getBuffer(-1);
            String unfit = buffer == null ? "null"
                    : buffer.isReadOnly() ? "a read-only buffer"
                    : buffer.hasRemaining() ? null : "a buffer without space";
            if (unfit != null) {
                throw new IllegalStateException(
                        "protocol.getBuffer() returned " + unfit + ": expected space to receive into");
            }
            return buffer;
        } catch (Throwable failure) {
            Failing.tell(failing, failure, "Fatal error: protocol.getBuffer() call failed.");
            return null;
        } finally {
            calls.leave(protocol, entered);
        }
    }

    /** Calls {@code bufferUpdated}; returns false if its failure has ended the connection. */
    public static boolean updated(UserCalls calls, BufferedProtocol protocol, int count, Failing failing) {
        long entered = calls.enter(protocol);
        try {
            protocol.bufferUpdated(count);
            return true;
        } catch (Throwable failure) {
            Failing.tell(failing, failure, "Fatal error: protocol.bufferUpdated() call failed.");
            return false;
        } finally {
            calls.leave(protocol, entered);
        }
    }

    /** Calls {@code eofReceived} and returns its result; false if it fails, which has ended the connection. */
    public static boolean ended(UserCalls calls, StreamProtocol protocol, Failing failing) {
        long entered = calls.enter(protocol);
        try {
            return protocol.eofReceived();
        } catch (Throwable failure) {
            Failing.tell(failing, failure, "Fatal error: protocol.eofReceived() call failed.");
            return false;
        } finally {
            calls.leave(protocol, entered);
        }
    }

    /** Calls {@code connectionLost}. */
    public static void lost(
            UserCalls calls, StreamProtocol protocol, @Nullable Throwable cause, StreamTransport transport) {
        calls.guarded(protocol, "protocol.connectionLost() failed", () -> protocol.connectionLost(cause), transport);
    }

    /** Calls {@code pauseWriting}. */
    public static void pauseWriting(UserCalls calls, StreamProtocol protocol, StreamTransport transport) {
        calls.guarded(protocol, "protocol.pauseWriting() failed", protocol::pauseWriting, transport);
    }

    /** Calls {@code resumeWriting}. */
    public static void resumeWriting(UserCalls calls, StreamProtocol protocol, StreamTransport transport) {
        calls.guarded(protocol, "protocol.resumeWriting() failed", protocol::resumeWriting, transport);
    }
}
