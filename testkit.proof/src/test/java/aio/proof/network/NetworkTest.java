package aio.proof.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import aio.testkit.VirtualLink;
import aio.testkit.VirtualLoops;
import aio.testkit.VirtualNetwork;
import aio.testkit.junit.LoopTest;
import aio.testkit.junit.TestOnSeeds;
import aio.transport.BufferedProtocol;
import aio.transport.Connection;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What a connection in memory does, compared with one of a socket. */
@Timeout(60)
class NetworkTest {
    private VirtualLoops loops;
    private VirtualNetwork network;
    private EventLoop near;
    private EventLoop far;
    private final End server = new End();

    /** Remembers what it is told. */
    private class End implements StreamProtocol {
        final List<String> told = new ArrayList<>();
        final ByteArrayOutputStream got = new ByteArrayOutputStream();
        @Nullable StreamTransport made;

        StreamTransport transport() {
            return Objects.requireNonNull(made);
        }

        void tell(String what) {
            told.add(what + " at " + loops.elapsed().toMillis());
        }

        @Override
        public void connectionMade(StreamTransport transport) {
            made = transport;
            tell("made");
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            got.writeBytes(bytes);
        }

        @Override
        public boolean eofReceived() {
            tell("eof");
            return true;
        }

        @Override
        public void pauseWriting() {
            tell("pause");
        }

        @Override
        public void resumeWriting() {
            tell("resume");
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            tell("lost " + (cause == null ? "in order" : cause.getMessage()));
        }
    }

    @BeforeEach
    void setUp(VirtualLoops given) {
        loops = given;
        network = VirtualNetwork.of(given);
        network.setLatency(Duration.ofMillis(10), Duration.ofMillis(10));
        near = given.newLoop("near");
        far = given.newLoop("far");
        network.listen("server", far, () -> server);
    }

    private End connect() {
        Connection<End> made = loops.runUntilComplete(network.connect("server", near, End::new));
        return Objects.requireNonNull(made).protocol();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private VirtualLink link() {
        assertThat(network.links()).hasSize(1);
        return network.links().get(0);
    }

    private static void on(EventLoop loop, Runnable what) {
        loop.callSoonThreadsafe(what);
    }

    @LoopTest
    void connect_takesTwoLatencies_andNamesBothSides() {
        End client = connect();
        assertThat(server.told).containsExactly("made at 10");
        assertThat(client.told).containsExactly("made at 20");
        assertThat(((InetSocketAddress) Objects.requireNonNull(client.transport().remoteAddress())).getHostString())
                .isEqualTo("server");
        assertThat(server.transport().remoteAddress()).isEqualTo(client.transport().localAddress());
    }

    @LoopTest
    void connect_whereNobodyListens_fails() {
        network.refuse("server");
        assertThatThrownBy(() -> loops.runUntilComplete(network.connect("server", near, End::new)))
                .isInstanceOf(CompletionException.class).hasCauseInstanceOf(ConnectException.class)
                .hasMessageContaining("Connect call failed 'server'");
        assertThat(loops.elapsed()).isEqualTo(Duration.ofMillis(20));
    }

    @TestOnSeeds
    void bytes_arriveInOrder_whateverTheLatency() {
        network.setLatency(Duration.ZERO, Duration.ofSeconds(3));
        End client = connect();
        byte[] all = bytes(300_000);
        for (int begin = 0; begin < all.length; begin += 30_000) {
            ByteBuffer part = ByteBuffer.wrap(all, begin, 30_000);
            near.callLater(Duration.ofMillis(begin / 100), () -> client.transport().write(part));
        }
        on(near, () -> near.callLater(Duration.ofSeconds(9), client.transport()::close));
        loops.run();
        assertThat(server.got.toByteArray()).isEqualTo(all);
        assertThat(server.told).last().asString().startsWith("eof at ");
        assertThat(client.told).last().asString().startsWith("lost in order");
    }

    @LoopTest
    void readerThatPauses_holdsTheWriterUp() {
        End client = connect();
        on(far, () -> server.transport().pauseReading());
        on(near, () -> client.transport().write(bytes(200_000)));
        loops.runFor(Duration.ofHours(1));
        assertThat(client.told).containsExactly("made at 20", "pause at 20");
        assertThat(client.transport().getWriteBufferSize()).isEqualTo(200_000 - 65_536);
        assertThat(server.got.size()).isZero();

        on(far, () -> server.transport().resumeReading());
        loops.run();
        assertThat(client.told).hasSize(3).last().asString().startsWith("resume at ");
        assertThat(server.got.toByteArray()).isEqualTo(bytes(200_000));
    }

    @LoopTest
    void slowLink_takesItsTime() {
        End client = connect();
        link().slow(1_000);
        on(near, () -> client.transport().write(bytes(60_000)));
        loops.runFor(Duration.ofSeconds(59));
        on(far, () -> server.tell("got " + (server.got.size() == 60_000)));
        loops.run();
        assertThat(server.told).contains("got false at 59020");
        assertThat(server.got.size()).isEqualTo(60_000);
        assertThat(loops.elapsed()).isEqualTo(Duration.ofMillis(60_030));
    }

    @LoopTest
    void cutLink_tellsNobody_andMendedOneForgetsNothing() {
        End client = connect();
        link().cut();
        on(near, () -> client.transport().write(bytes(1_000)));
        on(near, () -> client.transport().writeEof());
        loops.runFor(Duration.ofHours(2));
        assertThat(server.told).containsExactly("made at 10");
        link().mend();
        loops.run();
        assertThat(server.got.toByteArray()).isEqualTo(bytes(1_000));
        assertThat(server.told).containsExactly("made at 10", "eof at 7200020");
        on(far, () -> server.transport().close());
        loops.run();
        assertThat(client.told).containsExactly("made at 20", "eof at 7200030");
    }

    @LoopTest
    void resetLink_isLostAtBothEnds() {
        End client = connect();
        link().reset();
        loops.run();
        assertThat(client.told).last().isEqualTo("lost Connection reset by peer at 20");
        assertThat(server.told).last().isEqualTo("lost Connection reset by peer at 20");
        assertThat(network.links()).isEmpty();
    }

    @LoopTest
    void writeToAPeerThatIsGone_isAnsweredByAReset() {
        End client = connect();
        on(far, () -> server.transport().abort());
        loops.run();
        assertThat(client.told).last().isEqualTo("eof at 30");
        on(near, () -> client.transport().write(bytes(10)));
        loops.run();
        assertThat(client.told).last().isEqualTo("lost Connection reset by peer at 50");
    }

    @LoopTest
    void bufferedProtocol_receivesIntoItsOwnBuffer() {
        ByteBuffer own = ByteBuffer.allocate(7);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        network.listen("buffered", far, () -> new BufferedProtocol() {
            @Override
            public ByteBuffer getBuffer(int sizeHint) {
                return own.clear();
            }

            @Override
            public void bufferUpdated(int count) {
                got.write(own.array(), 0, count);
            }
        });
        Connection<End> made = loops.runUntilComplete(network.connect("buffered", near, End::new));
        on(near, () -> Objects.requireNonNull(made).transport().write(bytes(1_000)));
        loops.run();
        assertThat(got.toByteArray()).isEqualTo(bytes(1_000));
    }

    @LoopTest
    void whatIsKeptOfALentBuffer_isOverwritten() {
        List<ByteBuffer> kept = new ArrayList<>();
        network.listen("keeper", far, () -> StreamProtocol.of((transport, data) -> kept.add(data)));
        Connection<End> made = loops.runUntilComplete(network.connect("keeper", near, End::new));
        on(near, () -> Objects.requireNonNull(made).transport().write(new byte[] {1, 2, 3}));
        loops.run();
        assertThat(kept).isNotEmpty().allSatisfy(each -> assertThat(each.get(0)).isZero());
    }

    @LoopTest
    void settingsThatMeanNothing_areRefused() throws IOException {
        assertThatThrownBy(() -> network.setLatency(Duration.ofMillis(2), Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("PT0.002S");
        assertThatThrownBy(() -> network.setRoom(0)).isInstanceOf(IllegalArgumentException.class);
        connect();
        assertThatThrownBy(() -> link().slow(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
