package aio.testkit.net;

import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends one pattern as fast as flow control allows, and checks another one that it receives. */
final class PumpProtocol implements StreamProtocol {
    private static final int CHUNK = 10_000;

    private final BytePattern outgoing;
    private final BytePattern incoming;
    private final long total;
    private final CompletableFuture<Boolean> receivedAll = new CompletableFuture<>();
    private StreamTransport transport;
    private boolean paused;
    private long sent;
    private volatile long received;

    PumpProtocol(BytePattern outgoing, BytePattern incoming, long total) {
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.total = total;
    }

    @Override
    public void connectionMade(StreamTransport made) {
        transport = made;
        pump();
    }

    private void pump() {
        while (!paused && sent < total) {
            int size = (int) Math.min(CHUNK, total - sent);
            transport.write(outgoing.bytes(sent, size));
            sent += size;
        }
    }

    @Override
    public void pauseWriting() {
        paused = true;
    }

    @Override
    public void resumeWriting() {
        paused = false;
        pump();
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        try {
            incoming.check(received, bytes, bytes.length);
        } catch (AssertionError e) {
            receivedAll.completeExceptionally(e);
        }
        received += bytes.length;
        if (received >= total) {
            receivedAll.complete(received == total);
        }
    }

    @Override
    public void connectionLost(@Nullable Throwable cause) {
        receivedAll.completeExceptionally(new AssertionError("lost after " + received + " bytes", cause));
    }

    /** Becomes true when everything was received as it should be. */
    CompletableFuture<Boolean> receivedAll() {
        return receivedAll;
    }

    long received() {
        return received;
    }
}
