package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.transport.BufferedProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Protocols that receive into their own buffer: case C221. */
@Asyncio("protocol#BufferedProtocol.get_buffer")
public abstract class BufferedProtocolContract extends NetContract {

    /** For subclasses. */
    protected BufferedProtocolContract() {}

    /** Receives into its own small buffer. */
    private static class Buffered extends RecordingProtocol implements BufferedProtocol {
        private final StringBuilder text = new StringBuilder();
        final ByteBuffer buffer = ByteBuffer.allocate(4);

        @Override
        public void dataReceived(ByteBuffer data) {
            record("never");
        }

        @Override
        public ByteBuffer getBuffer(int sizeHint) {
            buffer.clear();
            return buffer;
        }

        @Override
        public void bufferUpdated(int count) {
            synchronized (text) {
                assertThat(buffer.position()).isEqualTo(count);
                text.append(new String(buffer.array(), 0, count, StandardCharsets.ISO_8859_1));
            }
        }

        final String copied() {
            synchronized (text) {
                return text.toString();
            }
        }
    }

    @Test
    void c221_bytesGoIntoTheBufferOfTheProtocol() throws Exception {
        Pair pair = pair();
        Buffered protocol = attach(pair.ours(), new Buffered());
        pair.client().send("a longer text than the buffer");
        pair.client().shutdownOutput();
        assertThat(protocol.awaitLost()).isNull();
        assertThat(protocol.copied()).isEqualTo("a longer text than the buffer");
        assertThat(protocol.events()).containsExactly("made", "eof", "lost");
    }

    @Test
    void c221_getBufferThatThrows_isFatal() throws Exception {
        RuntimeException thrown = new IllegalStateException("no space");
        assertFatal(thrown, "Fatal error: protocol.getBuffer() call failed.", new Buffered() {
            @Override
            public ByteBuffer getBuffer(int sizeHint) {
                throw thrown;
            }
        });
    }

    @Test
    @Asyncio("protocol#BufferedProtocol.buffer_updated")
    void c221_bufferUpdatedThatThrows_isFatal() throws Exception {
        RuntimeException thrown = new IllegalStateException("cannot parse");
        assertFatal(thrown, "Fatal error: protocol.bufferUpdated() call failed.", new Buffered() {
            @Override
            public void bufferUpdated(int count) {
                throw thrown;
            }
        });
    }

    private void assertFatal(RuntimeException thrown, String message, Buffered protocol) throws Exception {
        Pair pair = pair();
        attach(pair.ours(), protocol);
        pair.client().send("x");
        assertThat(protocol.awaitLost()).isSameAs(thrown);
        assertThat(reports.awaitOnly().exception()).isSameAs(thrown);
        assertThat(reports.awaitOnly().message()).isEqualTo(message);
        assertThat(reports.awaitOnly().get("protocol")).isSameAs(protocol);
        assertThat(pair.client().isAtEnd()).isTrue();
    }

    @Test
    void c221_aBufferWithoutSpace_isFatal() throws Exception {
        assertEndsWithReport(new Buffered() {
            @Override
            public ByteBuffer getBuffer(int sizeHint) {
                return ByteBuffer.allocate(0);
            }
        });
    }

    @Test
    void c221_badInput_nullForABuffer_isFatal() throws Exception {
        assertEndsWithReport(new Buffered() {
            @Override
            public ByteBuffer getBuffer(int sizeHint) {
                return null;
            }
        });
    }

    @Test
    void c221_badInput_aReadOnlyBuffer_isFatal() throws Exception {
        assertEndsWithReport(new Buffered() {
            @Override
            public ByteBuffer getBuffer(int sizeHint) {
                return ByteBuffer.allocate(10).asReadOnlyBuffer();
            }
        });
    }

    private void assertEndsWithReport(Buffered protocol) throws Exception {
        Pair pair = pair();
        attach(pair.ours(), protocol);
        pair.client().send("x");
        Throwable cause = protocol.awaitLost();
        assertThat(cause).isNotNull();
        assertThat(reports.awaitOnly().exception()).isSameAs(cause);
        assertThat(protocol.events()).containsExactly("made", "lost");
    }

    @Test
    @Asyncio("protocol#BaseTransport.set_protocol")
    void c221_changingTheKindOfProtocol_hasEffectFromTheNextRead() throws Exception {
        Pair pair = pair();
        RecordingProtocol plain = attach(pair.ours(), new RecordingProtocol());
        pair.client().send("plain");
        plain.awaitBytes(5);
        Buffered buffered = new Buffered();
        StreamTransport transport = plain.transport();
        running.run(() -> transport.setProtocol(buffered));
        pair.client().send("buffered");
        Await.until("the text is there", () -> buffered.copied().equals("buffered"));
        RecordingProtocol again = new RecordingProtocol();
        running.run(() -> transport.setProtocol(again));
        pair.client().send("again");
        again.awaitBytes(5);
        assertThat(plain.text()).isEqualTo("plain");
        assertThat(again.text()).isEqualTo("again");
    }
}
