package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.Server;
import aio.testkit.Asyncio;
import aio.testkit.LogCapture;
import aio.testkit.net.BytePattern;
import aio.testkit.net.EchoProtocol;
import aio.testkit.net.RecordingProtocol;
import aio.transport.BufferedProtocol;
import aio.transport.Connection;
import aio.transport.StreamTransport;
import aio.transport.WriteTransport.WriteBufferLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data, flow control and the ends of TLS streams: C281 to C283, and what holds for plain streams too. */
@Asyncio("protocol#WriteTransport.write")
public abstract class TlsStreamContract extends TlsContract {
    private static final int MUCH = 3_000_000;
    private static final BytePattern PATTERN = new BytePattern(270);

    /** For subclasses. */
    protected TlsStreamContract() {}

    private static void check(InputStream in, int count) throws IOException {
        byte[] chunk = new byte[32 * 1024];
        for (int at = 0; at < count; ) {
            int n = in.read(chunk, 0, Math.min(chunk.length, count - at));
            if (n < 0) {
                throw new AssertionError("the stream ended at byte " + at + " of " + count);
            }
            byte[] read = chunk;
            PATTERN.check(at, read, n);
            at += n;
        }
    }

    private void sendSlowly(StreamTransport transport) throws IOException {
        ((SocketChannel) transport.getExtraInfo(StreamTransport.SOCKET))
                .setOption(StandardSocketOptions.SO_SNDBUF, 8192);
        transport.write(PATTERN.bytes(0, MUCH));
        assertThat(transport.getWriteBufferSize()).isPositive();
    }

    private Connection<RecordingProtocol> connected(Server server) {
        return done(loop.createConnection(RecordingProtocol::new, to(server)));
    }

    // ---- data

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void muchData_bothWays(String version) throws Exception {
        SSLSocket client = client(serve(EchoProtocol::new), version);
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                for (int at = 0; at < MUCH; at += 30_000) {
                    client.getOutputStream().write(PATTERN.bytes(at, Math.min(30_000, MUCH - at)));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        check(client.getInputStream(), MUCH);
        sent.get(10, TimeUnit.SECONDS);
        client.close();
    }

    @Test
    void writelines_andWrite_keepTheOrder_andTakeTheirBuffers() throws Exception {
        Spawned served = Spawned.silent();
        SSLSocket client = client(serve(served));
        StreamTransport transport = served.first().transport();
        running.run(() -> {
            byte[] reused = PATTERN.bytes(0, 100_000);
            ByteBuffer first = ByteBuffer.wrap(reused);
            transport.write(first);
            assertThat(first.hasRemaining()).isFalse();
            Arrays.fill(reused, (byte) 0);
            List<ByteBuffer> lines = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                lines.add(ByteBuffer.wrap(PATTERN.bytes(100_000 + i * 100, 100)));
            }
            transport.writelines(lines);
            transport.write(new byte[0]);
        });
        check(client.getInputStream(), 200_000);
        client.close();
    }

    @Test
    @Asyncio("protocol#ReadTransport.pause_reading")
    void pausedInDataReceived_theRestWaits() throws Exception {
        Spawned served = new Spawned(() -> new RecordingProtocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                super.dataReceived(data);
                record("|");
                transport().pauseReading();
            }
        });
        SSLSocket client = client(serve(served));
        client.getOutputStream().write(PATTERN.bytes(0, 300_000));
        RecordingProtocol protocol = served.first();
        protocol.await("|");
        running.linger(Duration.ofMillis(30));
        assertThat(protocol.count("|")).isEqualTo(1);
        assertThat(running.call(() -> protocol.transport().isReading())).isFalse();
        client.close();
        while (protocol.received().length < 300_000) {
            running.run(() -> protocol.transport().resumeReading());
        }
        PATTERN.check(0, protocol.received(), 300_000);
        until("the end", () -> {
            running.run(() -> protocol.transport().resumeReading());
            return protocol.count("lost") == 1;
        });
        assertThat(protocol.count("eof")).isEqualTo(1);
    }

    @Test
    @Asyncio("protocol#ReadTransport.pause_reading")
    void pausedInConnectionMade_nothingIsReceived() throws Exception {
        Spawned served = new Spawned(() -> new RecordingProtocol() {
            @Override
            public void connectionMade(StreamTransport transport) {
                super.connectionMade(transport);
                transport.pauseReading();
            }
        });
        SSLSocket client = client(serve(served));
        client.getOutputStream().write(1);
        RecordingProtocol protocol = served.first();
        protocol.await("made");
        running.linger(Duration.ofMillis(30));
        assertThat(protocol.events()).containsExactly("made");
        running.run(() -> protocol.transport().resumeReading());
        protocol.awaitBytes(1);
        client.close();
    }

    /** Receives into seven bytes, and pauses after each filling. */
    private static final class Sipping extends RecordingProtocol implements BufferedProtocol {
        private final ByteBuffer cup = ByteBuffer.allocate(7);

        @Override
        public ByteBuffer getBuffer(int sizeHint) {
            return cup;
        }

        @Override
        public void bufferUpdated(int count) {
            super.dataReceived(cup.flip());
            cup.clear();
            transport().pauseReading();
        }
    }

    @Test
    @Asyncio("protocol#BufferedProtocol.get_buffer")
    void bufferedProtocol_receivesIntoItsOwnBuffer() throws Exception {
        Spawned served = new Spawned(Sipping::new);
        SSLSocket client = client(serve(served));
        client.getOutputStream().write(PATTERN.bytes(0, 1000));
        RecordingProtocol protocol = served.first();
        protocol.awaitBytes(7);
        running.turns(3);
        assertThat(protocol.received()).hasSize(7);
        until("all bytes", () -> {
            running.run(() -> protocol.transport().resumeReading());
            return protocol.received().length == 1000;
        });
        PATTERN.check(0, protocol.received(), 1000);
        running.run(() -> protocol.transport().close());
        client.close();
        protocol.awaitLost();
    }

    // ---- C281

    @Test
    @Asyncio("protocol#WriteTransport.set_write_buffer_limits")
    void c281_marks_andPauseAtTheHighOne() throws Exception {
        Spawned served = Spawned.silent();
        SSLSocket client = client(serve(served));
        RecordingProtocol protocol = served.first();
        StreamTransport transport = protocol.transport();
        running.run(() -> {
            assertThat(transport.getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(131072, 524288));
            transport.setWriteBufferLimits(Integer.MAX_VALUE);
            sendSlowly(transport);
        });
        running.run(() -> {
            long size = transport.getWriteBufferSize();
            transport.setWriteBufferLimits(1000, size + 1);
            assertThat(protocol.count("pause")).isZero();
            transport.setWriteBufferLimits(1000, size);
            assertThat(transport.getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(1000, size));
            assertThat(protocol.count("pause")).isEqualTo(1);
            assertThatThrownBy(() -> transport.setWriteBufferLimits(2, 1)).isInstanceOf(IllegalArgumentException.class);
        });
        check(client.getInputStream(), MUCH);
        protocol.await("resume");
        assertThat(protocol.events()).containsExactly("made", "pause", "resume");
        client.close();
    }

    // ---- C282

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Asyncio("protocol#Protocol.data_received")
    void c282_closeFlushes_beforeTheEndOfTls(String version) throws Exception {
        Spawned served = Spawned.silent();
        Tapped tap = closing(new Tapped(addressOf(serve(served))));
        SSLSocket client = tap.secured(AUTHORITY.trusting(), version);
        StreamTransport transport = served.first().transport();
        running.run(() -> {
            sendSlowly(transport);
            transport.close();
            assertThat(transport.isClosing()).isTrue();
            assertThat(transport.isReading()).isFalse();
        });
        check(client.getInputStream(), MUCH);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        if (version.equals("TLSv1.3")) { // before 1.3, the JDK replies by itself
            assertThat(served.first().count("lost")).as("the peer has not answered yet").isZero();
        }
        client.close();
        assertThat(served.first().awaitLost()).isNull();
        List<Integer> types = tap.recordTypes();
        assertThat(types.get(types.size() - 1)).isEqualTo(version.equals("TLSv1.2") ? 21 : 23);
        assertThat(served.first().count("eof")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Asyncio("protocol#Protocol.data_received")
    void c282_whatWasWritten_reachesAPeerThatHasEnded(String version) throws Exception {
        Spawned served = Spawned.silent();
        SSLSocket client = client(serve(served), version);
        StreamTransport transport = served.first().transport();
        running.run(() -> sendSlowly(transport));
        client.shutdownOutput();
        served.first().await("eof");
        check(client.getInputStream(), MUCH);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(served.first().awaitLost()).isNull();
        assertThat(served.first().events()).contains("made", "eof", "lost");
    }

    @Test
    @Asyncio("protocol#Protocol.data_received")
    void c282_dataBeforeThePeersEnd_isDelivered() throws Exception {
        Spawned served = Spawned.silent();
        SSLSocket client = client(serve(served));
        client.getOutputStream().write(PATTERN.bytes(0, 100_000));
        client.close();
        assertThat(served.first().awaitLost()).isNull();
        PATTERN.check(0, served.first().received(), 100_000);
        assertThat(served.first().events()).containsExactly("made", "data", "eof", "lost");
    }

    // ---- C283

    @Test
    void c283_writeAndDataAfterClose_areIgnored() throws Exception {
        Spawned served = Spawned.silent();
        SSLSocket client = client(serve(served));
        StreamTransport transport = served.first().transport();
        try (LogCapture log = LogCapture.start()) {
            running.run(() -> {
                transport.close();
                transport.close();
                for (int i = 0; i < 6; i++) {
                    transport.write("too late".getBytes());
                }
                transport.pauseReading();
                transport.resumeReading();
            });
            assertThat(log.warnings()).hasSize(2).allMatch(message -> message.contains("SSL connection is closed"));
        }
        client.getOutputStream().write("too late, too".getBytes());
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.close();
        assertThat(served.first().awaitLost()).isNull();
        assertThat(served.first().events()).containsExactly("made", "lost");
    }

    // ---- other ends

    @Test
    @Asyncio("protocol#WriteTransport.can_write_eof")
    void writeEof_isUnsupported() throws Exception {
        Connection<RecordingProtocol> connection = connected(serve(RecordingProtocol::echo));
        StreamTransport transport = connection.transport();
        running.run(() -> {
            assertThat(transport.canWriteEof()).isFalse();
            assertThatThrownBy(transport::writeEof).isInstanceOf(UnsupportedOperationException.class);
            transport.close();
        });
        assertThat(connection.protocol().awaitLost()).isNull();
    }

    @Test
    @Asyncio("protocol#Protocol.eof_received")
    void eofReceived_answeredTrue_isIgnoredWithAWarning() throws Exception {
        Spawned served = new Spawned(() -> new RecordingProtocol(true));
        SSLSocket client = client(serve(served));
        try (LogCapture log = LogCapture.start()) {
            client.close();
            assertThat(served.first().awaitLost()).isNull();
            assertThat(log.warnings()).anyMatch(message -> message.contains("has no effect when using ssl"));
        }
    }

    @Test
    @Asyncio("protocol#Protocol.eof_received")
    void endWithoutTheEndOfTls_isAnEnd() throws Exception {
        Spawned served = Spawned.silent();
        Tapped tap = closing(new Tapped(addressOf(serve(served))));
        SSLSocket client = tap.secured(AUTHORITY.trusting());
        client.getOutputStream().write("cut".getBytes());
        served.first().awaitBytes(3);
        tap.shutdownOutput();
        assertThat(served.first().awaitLost()).isNull();
        assertThat(served.first().events()).containsExactly("made", "data", "eof", "lost");
    }

    @Test
    @Asyncio("protocol#BaseProtocol.connection_lost")
    void reset_isTheCause_andTheHandlerIsNotTold() throws Exception {
        Spawned served = Spawned.silent();
        Tapped tap = closing(new Tapped(addressOf(serve(served))));
        tap.secured(AUTHORITY.trusting());
        served.first().await("made");
        tap.setSoLinger(true, 0);
        tap.close();
        assertThat(served.first().awaitLost()).isInstanceOf(IOException.class);
        assertThat(served.first().events()).containsExactly("made", "lost");
    }

    @Test
    @Asyncio("protocol#Protocol.data_received")
    void badInput_garbageInTheMiddle_isAnSslError() throws Exception {
        Spawned served = Spawned.silent();
        Tapped tap = closing(new Tapped(addressOf(serve(served))));
        SSLSocket client = tap.secured(AUTHORITY.trusting());
        client.getOutputStream().write("good".getBytes());
        served.first().awaitBytes(4);
        tap.getOutputStream()
                .write(new byte[] {23, 3, 3, 0, 32, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
            18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32});
        assertThat(served.first().awaitLost()).isInstanceOf(SSLException.class);
        assertThat(served.first().text()).isEqualTo("good");
    }

    @Test
    @Asyncio("protocol#WriteTransport.abort")
    void abort_dropsWhatIsBuffered() throws Exception {
        Spawned served = Spawned.silent();
        client(serve(served));
        StreamTransport transport = served.first().transport();
        running.run(() -> {
            sendSlowly(transport);
            transport.abort();
        });
        assertThat(served.first().awaitLost()).isNull();
        assertThat(served.first().events()).contains("made", "lost");
    }

    @Test
    @Asyncio("protocol#BaseTransport.close")
    void aPeerThatDoesNotAnswerTheEnd_isAbortedInTime() throws Exception {
        Spawned served = Spawned.silent();
        Server server = serve(served,
                local().withTls(SERVING.withSslShutdownTimeout(Duration.ofMillis(100))));
        client(server);
        running.run(served.first().transport()::close);
        assertThat(served.first().awaitLost())
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("SSL shutdown timed out");
    }

    @Test
    @Asyncio("protocol#BaseTransport.close")
    void badInput_aPeerThatStopsReading_isAbortedInTime_whenClosed() throws Exception {
        Spawned served = Spawned.silent();
        Server server = serve(served,
                local().withTls(SERVING.withSslShutdownTimeout(Duration.ofMillis(100))));
        client(server);
        StreamTransport transport = served.first().transport();
        running.run(() -> {
            sendSlowly(transport);
            transport.close();
        });
        assertThat(served.first().awaitLost()).isInstanceOf(SocketTimeoutException.class);
    }

    // ---- errors in the protocol's methods

    @Test
    @Asyncio("protocol#Protocol.data_received")
    void exceptionInDataReceived_endsTheConnection() throws Exception {
        RuntimeException thrown = new IllegalStateException("not my data");
        Spawned served = new Spawned(() -> new RecordingProtocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                throw thrown;
            }
        });
        SSLSocket client = client(serve(served));
        client.getOutputStream().write(1);
        assertThat(served.first().awaitLost()).isSameAs(thrown);
        assertThat(reports()).hasSize(1);
        assertThat(reports().get(0).message()).isEqualTo("Fatal error: protocol.dataReceived() call failed.");
        assertThat(reports().get(0).exception()).isSameAs(thrown);
        assertThat(reports().get(0).get("protocol")).isSameAs(served.first());
        assertThat(reports().get(0).get("transport")).isSameAs(served.first().transport());
    }

    @Test
    @Asyncio("protocol#BaseProtocol.connection_made")
    void exceptionInConnectionMade_isReported_andTheConnectionStays() throws Exception {
        Spawned served = new Spawned(() -> new RecordingProtocol() {
            @Override
            public void connectionMade(StreamTransport transport) {
                super.connectionMade(transport);
                throw new IllegalStateException("not made for this");
            }
        });
        SSLSocket client = client(serve(served));
        client.getOutputStream().write("still there".getBytes());
        assertThat(served.first().awaitBytes(11)).isEqualTo("still there".getBytes());
        assertThat(reports()).hasSize(1);
        client.close();
    }

    @Test
    @Asyncio("protocol#Protocol.data_received")
    void closedInDataReceived_nothingMoreIsReceived() throws Exception {
        Spawned served = new Spawned(() -> new RecordingProtocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                super.dataReceived(data);
                record("|");
                transport().write("bye".getBytes());
                transport().close();
            }
        });
        SSLSocket client = client(serve(served));
        client.getOutputStream().write(PATTERN.bytes(0, 200_000));
        assertThat(client.getInputStream().readAllBytes()).isEqualTo("bye".getBytes());
        client.close();
        assertThat(served.first().awaitLost()).isNull();
        assertThat(served.first().count("|")).isEqualTo(1);
    }

    @Test
    @Asyncio("eventloop#loop.create_connection")
    void handshakes_doNotNeedTheDefaultExecutor() throws Exception {
        done(loop.shutdownDefaultExecutor());
        Spawned served = Spawned.echo();
        Connection<RecordingProtocol> connection = connected(serve(served));
        running.run(() -> connection.transport().write("alone".getBytes()));
        assertThat(connection.protocol().awaitBytes(5)).isEqualTo("alone".getBytes());
        running.run(connection.transport()::close);
        assertThat(connection.protocol().awaitLost()).isNull();
    }
}
