package aio.testkit.net;

import aio.testkit.Await;
import aio.transport.ReadPipeProtocol;
import aio.transport.ReadTransport;
import aio.transport.WritePipeProtocol;
import aio.transport.WriteTransport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Protocols of pipes that record their calls; may be asked from any thread. */
final class RecordingPipes {
    private RecordingPipes() {}

    /** What both share. */
    abstract static class Recording {
        private final List<String> events = new ArrayList<>();
        private @Nullable Throwable cause;

        final synchronized void record(String event) {
            events.add(event);
        }

        final synchronized void recordLoss(@Nullable Throwable lossCause) {
            cause = lossCause;
            events.add("lost");
        }

        final synchronized List<String> events() {
            return List.copyOf(events);
        }

        /** Waits for the end and returns what it was told. */
        final @Nullable Throwable awaitLoss() {
            Await.until("connectionLost", () -> events().contains("lost"));
            synchronized (this) {
                return cause;
            }
        }
    }

    /** Of a pipe that is read. */
    static class Reader extends Recording implements ReadPipeProtocol {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private volatile @Nullable ReadTransport transport;

        @Override
        public void connectionMade(ReadTransport made) {
            transport = made;
            record("made");
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            byte[] copy = new byte[data.remaining()];
            data.get(copy);
            synchronized (received) {
                received.writeBytes(copy);
            }
            record("data");
        }

        @Override
        public void eofReceived() {
            record("eof");
        }

        @Override
        public void connectionLost(@Nullable Throwable lossCause) {
            recordLoss(lossCause);
        }

        byte[] received() {
            synchronized (received) {
                return received.toByteArray();
            }
        }

        String text() {
            return new String(received(), StandardCharsets.US_ASCII);
        }

        ReadTransport transport() {
            ReadTransport present = transport;
            if (present == null) {
                throw new IllegalStateException("connectionMade was not called yet");
            }
            return present;
        }
    }

    /** Of a pipe that is written. */
    static class Writer extends Recording implements WritePipeProtocol {
        private volatile @Nullable WriteTransport transport;

        @Override
        public void connectionMade(WriteTransport made) {
            transport = made;
            record("made");
        }

        @Override
        public void pauseWriting() {
            record("pause");
        }

        @Override
        public void resumeWriting() {
            record("resume");
        }

        @Override
        public void connectionLost(@Nullable Throwable lossCause) {
            recordLoss(lossCause);
        }

        WriteTransport transport() {
            WriteTransport present = transport;
            if (present == null) {
                throw new IllegalStateException("connectionMade was not called yet");
            }
            return present;
        }
    }
}
