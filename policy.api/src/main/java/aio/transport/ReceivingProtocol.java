package aio.transport;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What {@link StreamProtocol#of} makes. Loop thread. */
final class ReceivingProtocol implements StreamProtocol {
    private final BiConsumer<? super StreamTransport, ? super ByteBuffer> received;
    private @Nullable StreamTransport transport;

    ReceivingProtocol(BiConsumer<? super StreamTransport, ? super ByteBuffer> received) {
        this.received = Objects.requireNonNull(received, "received");
    }

    @Override
    public void connectionMade(StreamTransport made) {
        transport = made;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        received.accept(Objects.requireNonNull(transport, "transport"), data);
    }

    @Override
    public String toString() {
        return "StreamProtocol of " + received;
    }
}
