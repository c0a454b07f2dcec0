package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.LoopExit;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.testkit.NotInAsyncio;
import aio.testkit.net.BytePattern;
import aio.testkit.net.RecordingProtocol;
import aio.transport.BufferedProtocol;
import aio.transport.Connection;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

/** A protocol that leaves the loop from one of its methods: the loop is run again, and the connection is whole. */
@NotInAsyncio("SystemExit leaves a connection as it is")
public abstract class TlsExitContract extends TlsContract {
    private static final BytePattern PATTERN = new BytePattern(11);
    private static final int SIZE = 100_000;

    private final AtomicBoolean left = new AtomicBoolean();

    /** For subclasses. */
    protected TlsExitContract() {}

    /** The method that leaves, once. */
    enum From { MADE, DATA, GET_BUFFER, BUFFER_UPDATED, EOF, LOST }

    /** Records all calls, and leaves the loop from one of them. */
    private class Leaving extends RecordingProtocol {
        private final From from;
        private volatile boolean done;

        Leaving(From from) {
            this.from = from;
        }

        void leave(From now) {
            if (now == from && !done) {
                done = true;
                left.set(true);
                throw new LoopExit("planted: from " + now);
            }
        }

        @Override
        public void connectionMade(StreamTransport made) {
            super.connectionMade(made);
            leave(From.MADE);
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            super.dataReceived(data);
            leave(From.DATA);
        }

        @Override
        public boolean eofReceived() {
            super.eofReceived();
            leave(From.EOF);
            return false;
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            super.connectionLost(cause);
            leave(From.LOST);
        }
    }

    /** Has buffers of its own, which are smaller than a record. */
    private final class Buffered extends Leaving implements BufferedProtocol {
        private final ByteBuffer buffer = ByteBuffer.allocate(1000);

        Buffered(From from) {
            super(from);
        }

        @Override
        public ByteBuffer getBuffer(int sizeHint) {
            leave(From.GET_BUFFER);
            return buffer.clear();
        }

        @Override
        public void bufferUpdated(int count) {
            super.dataReceived(buffer.flip());
            leave(From.BUFFER_UPDATED);
        }
    }

    @BeforeEach
    void runAgainAfterEachExit() {
        move(run -> new Thread(this::runThroughExits, "runs " + loop.name()), () -> { });
    }

    private void runThroughExits() {
        boolean again = true;
        while (again) {
            try {
                loop.runForever();
                again = false;
            } catch (LoopExit e) {
                again = left.getAndSet(false);
            }
        }
    }

    private Leaving protocol(From from) {
        boolean buffered = from == From.GET_BUFFER || from == From.BUFFER_UPDATED;
        return buffered ? new Buffered(from) : new Leaving(from);
    }

    @ParameterizedTest
    @EnumSource(From.class)
    void onAServer_allArrives_andEachEndIsToldOnce(From from) throws Exception {
        Leaving protocol = protocol(from);
        try (SSLSocket client = client(serve(() -> protocol))) {
            client.getOutputStream().write(PATTERN.bytes(0, SIZE)); // with the end in the last segment
        }
        assertThat(protocol.awaitLost()).isNull();
        PATTERN.check(0, protocol.awaitBytes(SIZE), SIZE);
        assertThat(protocol.received()).hasSize(SIZE);
        assertThat(protocol.events()).containsExactly("made", "data", "eof", "lost");
        assertThat(protocol.done).as("it has left").isTrue();
    }

    @ParameterizedTest
    @EnumSource(From.class)
    void onAClient_theFutureEnds_andAllArrives(From from) throws Exception {
        Leaving protocol = protocol(from);
        Server echo = serve(RecordingProtocol::echo);
        LoopFuture<Connection<StreamProtocol>> future = loop.createConnection(() -> protocol, to(echo));
        StreamTransport transport = done(future).transport();
        loop.callSoonThreadsafe(() -> transport.write(PATTERN.bytes(0, SIZE)));
        PATTERN.check(0, protocol.awaitBytes(SIZE), SIZE);
        loop.callSoonThreadsafe(transport::close);
        assertThat(protocol.awaitLost()).isNull();
        assertThat(protocol.received()).hasSize(SIZE);
        assertThat(protocol.events()).containsExactly("made", "data", "lost");
        assertThat(protocol.done).as("it has left").isEqualTo(from != From.EOF); // which only the peer's end is
    }

    @Test
    void aFailedStartTls_endsItsFuture() throws Exception {
        Leaving protocol = new Leaving(From.LOST);
        Server plain = serve(RecordingProtocol::echo, local()); // which sends back what the client has said
        StreamTransport transport = done(loop.createConnection(() -> protocol, "127.0.0.1",
                addressOf(plain).getPort())).transport();
        assertThat(failureOf(() -> loop.startTls(transport, protocol, TRUSTING))).isNotNull();
        assertThat(protocol.count("lost")).isEqualTo(1);
    }
}
