package aio.example.echo;

import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Records what is written, and says that its buffer is full when a test wants it to. */
final class FakeTransport implements StreamTransport {
    private final StreamProtocol protocol;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int writesUntilFull = Integer.MAX_VALUE;
    private boolean reading = true;
    private boolean closing;

    FakeTransport(StreamProtocol protocol) {
        this.protocol = protocol;
        protocol.connectionMade(this);
    }

    /** After a number of writes the protocol is paused. */
    void fullAfter(int writes) {
        writesUntilFull = writes;
    }

    /** Passes the bytes on as the loop does: in a buffer that is overwritten afterwards. */
    void receive(String text) {
        ByteBuffer lent = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        protocol.dataReceived(lent);
        lent.clear();
        while (lent.hasRemaining()) {
            lent.put((byte) '#');
        }
    }

    /** Returns what was written since the last call. */
    String sent() {
        String text = written.toString(StandardCharsets.UTF_8);
        written.reset();
        return text;
    }

    @Override
    public void write(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        written.writeBytes(bytes);
        if (--writesUntilFull == 0) {
            protocol.pauseWriting();
        }
    }

    @Override
    public boolean isReading() {
        return reading;
    }

    @Override
    public void pauseReading() {
        reading = false;
    }

    @Override
    public void resumeReading() {
        reading = true;
    }

    @Override
    public boolean isClosing() {
        return closing;
    }

    @Override
    public void close() {
        closing = true;
    }

    @Override
    public void abort() {
        closing = true;
    }

    @Override
    public StreamProtocol getProtocol() {
        return protocol;
    }

    @Override
    public void setProtocol(StreamProtocol next) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writelines(Iterable<ByteBuffer> data) {
        data.forEach(this::write);
    }

    @Override
    public void writeEof() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean canWriteEof() {
        return false;
    }

    @Override
    public long getWriteBufferSize() {
        return 0;
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return new WriteBufferLimits(0, 0);
    }

    @Override
    public void setWriteBufferLimits(long low, long high) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Object getExtraInfo(String name) {
        return null;
    }
}
