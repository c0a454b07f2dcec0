package aio.core.foreign;

import aio.process.SubprocessProtocol;
import aio.process.SubprocessTransport;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Calls the protocol of one child. Loop thread. */
public final class ChildCalls {
    private final UserCalls calls;
    private final SubprocessTransport transport;

    /** Makes the calls for one child. */
    public ChildCalls(UserCalls calls, SubprocessTransport transport) {
        this.calls = calls;
        this.transport = transport;
    }

    /** Calls {@code connectionMade}. */
    public void made(SubprocessProtocol protocol) {
        tell(protocol, "connectionMade", () -> protocol.connectionMade(transport));
    }

    /** Calls {@code pipeDataReceived}. */
    public void received(SubprocessProtocol protocol, int fd, ByteBuffer data) {
        tell(protocol, "pipeDataReceived", () -> protocol.pipeDataReceived(fd, data));
    }

    /** Calls {@code pipeConnectionLost}. */
    public void pipeLost(SubprocessProtocol protocol, int fd, @Nullable Throwable cause) {
        tell(protocol, "pipeConnectionLost", () -> protocol.pipeConnectionLost(fd, cause));
    }

    /** Calls {@code processExited}. */
    public void exited(SubprocessProtocol protocol) {
        tell(protocol, "processExited", protocol::processExited);
    }

    /** Calls {@code connectionLost}. */
    public void lost(SubprocessProtocol protocol, @Nullable Throwable cause) {
        tell(protocol, "connectionLost", () -> protocol.connectionLost(cause));
    }

    /** Calls {@code pauseWriting}. */
    public void pauseWriting(SubprocessProtocol protocol) {
        tell(protocol, "pauseWriting", protocol::pauseWriting);
    }

    /** Calls {@code resumeWriting}. */
    public void resumeWriting(SubprocessProtocol protocol) {
        tell(protocol, "resumeWriting", protocol::resumeWriting);
    }

    private void tell(SubprocessProtocol protocol, String event, Runnable call) {
        String failureMessage = "Exception in " + event + " of a subprocess protocol, process " + transport.getPid();
        calls.guarded(protocol, failureMessage, call, transport);
    }
}
