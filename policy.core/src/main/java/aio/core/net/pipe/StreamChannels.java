package aio.core.net.pipe;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/** Streams as channels; unlike the JDK's they are not closed while another thread is in them, and are flushed. */
final class StreamChannels {
    private StreamChannels() {}

    static ReadableByteChannel of(InputStream stream) {
        if (stream instanceof FileInputStream file) {
            return file.getChannel();
        }
        return new Input(Objects.requireNonNull(stream, "stream"));
    }

    static WritableByteChannel of(OutputStream stream) {
        if (stream instanceof FileOutputStream file) {
            return file.getChannel();
        }
        return new Output(Objects.requireNonNull(stream, "stream"));
    }

    /** Whether a channel is open. */
    private abstract static class Closable {
        private volatile boolean closed; // written by any thread; readers ask for nothing else

        public final boolean isOpen() {
            return !closed;
        }

        final boolean closeOnce() {
            boolean was = closed;
            closed = true;
            return !was;
        }
    }

    private static final class Input extends Closable implements ReadableByteChannel {
        private final InputStream stream;
        private byte[] bytes = new byte[0];

        Input(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            if (bytes.length < buffer.remaining()) {
                bytes = new byte[buffer.remaining()];
            }
            int count = stream.read(bytes, 0, buffer.remaining());
            if (count > 0) {
                buffer.put(bytes, 0, count);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            if (closeOnce()) {
                stream.close();
            }
        }
    }

    private static final class Output extends Closable implements WritableByteChannel {
        private final OutputStream stream;

        Output(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public int write(ByteBuffer buffer) throws IOException {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            stream.write(bytes);
            stream.flush();
            return bytes.length;
        }

        @Override
        public void close() throws IOException {
            if (closeOnce()) {
                stream.close();
            }
        }
    }
}
