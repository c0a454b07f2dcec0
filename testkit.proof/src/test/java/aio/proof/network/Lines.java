package aio.proof.network;

import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A protocol of lines. */
abstract class Lines implements StreamProtocol {
    private final StringBuilder begun = new StringBuilder();
    private @Nullable StreamTransport transport;

    @Override
    public void connectionMade(StreamTransport made) {
        transport = made;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        begun.append(StandardCharsets.US_ASCII.decode(data));
        for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
            String line = begun.substring(0, end);
            begun.delete(0, end + 1);
            line(line);
        }
    }

    abstract void line(String line);

    void say(String line) {
        if (transport != null) {
            transport.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    void giveUp() {
        if (transport != null) {
            transport.abort();
        }
    }
}
