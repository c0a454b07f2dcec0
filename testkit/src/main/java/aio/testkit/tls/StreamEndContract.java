package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.testkit.Asyncio;
import aio.testkit.net.BytePattern;
import aio.testkit.net.RecordingProtocol;
import aio.transport.BufferedProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A peer sends and ends: every byte arrives, then the end, with the right cause, whatever the layer, the kind of the
 * protocol, its pauses, the peer's way to end, and the driver, which may be exchanged meanwhile.
 */
@Asyncio("protocol#Protocol.eof_received")
public abstract class StreamEndContract extends TlsContract {
    private static final int TOTAL = 50_000; // what the kernel holds for a peer that does not read
    private static final int BUFFER = 1000;
    private static final BytePattern PATTERN = new BytePattern(211);

    /** For subclasses. */
    protected StreamEndContract() {}

    /** Between the transport and the protocol. */
    enum Layer { PLAIN, TLS_1_2, TLS_1_3, STARTTLS }

    /** When the protocol pauses. */
    enum Pause { NEVER, AT_START, IN_THE_MIDDLE }

    /** How the peer ends. */
    enum End { CLOSE_NOTIFY, BARE, RESET }

    /** One combination of all that. */
    record Case(Layer layer, boolean buffered, Pause pause, End end, boolean exchange) {}

    static Stream<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            for (Pause pause : Pause.values()) {
                for (End end : End.values()) {
                    for (int i = 0; i < 4 && (layer != Layer.PLAIN || end != End.CLOSE_NOTIFY); i++) {
                        all.add(new Case(layer, i % 2 == 0, pause, end, i / 2 == 0));
                    }
                }
            }
        }
        return all.stream();
    }

    @AfterEach
    final void dropInstallation() {
        EventLoops.setEventLoopPolicy(null);
    }

    private void exchange() throws Exception {
        long before = loop.info().exchanges();
        EventLoops.setEventLoopPolicy(newPolicy());
        until("the loop has exchanged its driver", () -> loop.info().exchanges() > before);
    }

    /** Pauses, and upgrades to TLS, as the case says. */
    private class Taker extends RecordingProtocol {
        private final Case asked;
        private int pauses;
        private boolean begun;

        /** The transport to pause and ask: TLS has one of its own. */
        private volatile StreamTransport user;

        Taker(Case asked) {
            this.asked = asked;
            this.begun = asked.layer() != Layer.STARTTLS;
        }

        StreamTransport user() {
            return user;
        }

        @Override
        public void connectionMade(StreamTransport made) {
            super.connectionMade(made);
            if (begun) {
                begin(made);
            }
        }

        private void begin(StreamTransport transport) {
            user = transport;
            begun = true;
            if (asked.pause() == Pause.AT_START) {
                transport.pauseReading();
            }
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            if (begun) {
                super.dataReceived(data);
                took();
            } else {
                byte[] command = new byte[data.remaining()];
                data.get(command);
                assertThat(command).isEqualTo(new byte[] {'s'});
                loop.startTls(transport(), this, SERVING)
                        .addDoneCallback(done -> begin(done.result()));
                transport().write(new byte[] {'g'});
            }
        }

        private void took() {
            StreamTransport transport = user;
            assertThat(transport.isReading()).as("a paused protocol receives nothing").isTrue();
            if (asked.pause() == Pause.IN_THE_MIDDLE && received().length > TOTAL / 4 * pauses && pauses < 4) {
                pauses++;
                transport.pauseReading();
                loop.callLater(Duration.ofMillis(5), transport::resumeReading);
            }
        }
    }

    /** The same, into a buffer of its own. */
    private final class BufferedTaker extends Taker implements BufferedProtocol {
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

        BufferedTaker(Case asked) {
            super(asked);
        }

        @Override
        public ByteBuffer getBuffer(int sizeHint) {
            return buffer.clear();
        }

        @Override
        public void bufferUpdated(int count) {
            dataReceived(buffer.flip());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyByte_thenTheEnd(Case asked) throws Exception {
        Taker taker = asked.buffered() ? new BufferedTaker(asked) : new Taker(asked);
        Server server = serve(() -> taker, options(asked));
        try (Socket socket = new Socket("127.0.0.1", addressOf(server).getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true); // a reset drops what its sender still holds
            Socket peer = peer(asked, socket);
            until("the protocol is there", () -> taker.user() != null);
            peer.getOutputStream().write(PATTERN.bytes(0, TOTAL));
            if (asked.exchange()) {
                exchange();
            }
            end(asked, peer, socket);
            if (asked.exchange()) {
                exchange();
            }
            if (asked.pause() == Pause.AT_START) {
                assertThat(taker.events()).as("a paused protocol receives nothing").doesNotContain("data", "eof");
                running.run(taker.user()::resumeReading);
            }
            assertEnd(asked, taker);
        }
    }

    private static ServerOptions options(Case asked) {
        SSLParameters version = new SSLParameters();
        return switch (asked.layer()) {
            case PLAIN, STARTTLS -> local();
            case TLS_1_2 -> {
                version.setProtocols(new String[] {"TLSv1.2"});
                yield local().withTls(SERVING.withSslParameters(version));
            }
            case TLS_1_3 -> {
                version.setProtocols(new String[] {"TLSv1.3"});
                yield local().withTls(SERVING.withSslParameters(version));
            }
        };
    }

    private static Socket peer(Case asked, Socket socket) throws IOException {
        if (asked.layer() == Layer.PLAIN) {
            return socket;
        }
        if (asked.layer() == Layer.STARTTLS) {
            socket.getOutputStream().write('s');
            assertThat(socket.getInputStream().read()).isEqualTo('g');
        }
        SSLSocket secured = (SSLSocket) AUTHORITY.trusting().getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), false);
        secured.startHandshake();
        return secured;
    }

    private static void end(Case asked, Socket peer, Socket socket) throws IOException {
        switch (asked.end()) {
            case CLOSE_NOTIFY -> {
                peer.shutdownOutput();
                socket.shutdownOutput();
            }
            case BARE -> socket.shutdownOutput();
            case RESET -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }

    private static void assertEnd(Case asked, Taker taker) {
        Throwable cause = taker.awaitLost();
        byte[] received = taker.received();
        assertThat(received).hasSize(TOTAL);
        PATTERN.check(0, received, TOTAL);
        if (asked.end() == End.RESET) {
            assertThat(cause).isInstanceOf(IOException.class);
            assertThat(taker.events()).containsExactly("made", "data", "lost");
        } else {
            assertThat(cause).isNull();
            assertThat(taker.events()).containsExactly("made", "data", "eof", "lost");
        }
        Object cut = asked.layer() == Layer.PLAIN ? null : asked.end() != End.CLOSE_NOTIFY;
        assertThat(taker.user().getExtraInfo(StreamTransport.SSL_CUT)).isEqualTo(cut);
    }
}
