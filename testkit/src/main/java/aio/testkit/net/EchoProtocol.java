package aio.testkit.net;

import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;

/** Sends everything back, reads no faster than it can send, and remembers nothing. */
public class EchoProtocol implements StreamProtocol {
    private StreamTransport transport;

    /** Makes one, for one connection. */
    public EchoProtocol() {}

    @Override
    public void connectionMade(StreamTransport made) {
        transport = made;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        transport.write(data);
    }

    @Override
    public void pauseWriting() {
        transport.pauseReading();
    }

    @Override
    public void resumeWriting() {
        transport.resumeReading();
    }
}
