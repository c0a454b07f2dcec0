package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import aio.core.foreign.UntrustedException;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.DatagramOptions;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.LoopExit;
import aio.loop.LoopOptions;
import aio.loop.ServerOptions;
import aio.transport.BufferedProtocol;
import aio.transport.DatagramProtocol;
import aio.transport.DatagramTransport;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What drivers hand back is delivered whole, or the connection ends with a cause, and no driver is blamed: whatever the
 * code of a user throws, and whether there is memory for it.
 */
@Timeout(60)
class HandBackTest {
    private static final long SOON_NANOS = 20_000_000_000L;
    private static final int MANY = 30_000; // what the system holds for a peer that does not read

    private final SharedReaper reaper = new SharedReaper();
    private final ProcessLauncher launcher = new ProcessLauncher(reaper);
    private final Loops loops = new Loops(Origin.NONE, launcher);
    private final HandingDriver driver = new HandingDriver("first");
    private final HandingDriver next = new HandingDriver("next");
    private final EventLoop loop = loops.newLoop(driver, LoopOptions.defaults());
    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private StreamTransport transport;
    private DatagramTransport endpoint;

    HandBackTest() {
        loop.setExceptionHandler((of, context) ->
                reports.add(context.get(ExceptionContext.MESSAGE) + ": " + context.get(ExceptionContext.EXCEPTION)));
    }

    /** Leaves the loop as often as it is told to. */
    private static class Recorder implements StreamProtocol {
        final StringBuilder events = new StringBuilder();
        final StringBuilder text = new StringBuilder();
        boolean leaves;
        @Nullable Throwable cause;

        @Override
        public void dataReceived(ByteBuffer data) {
            append(data);
        }

        final void append(ByteBuffer data) {
            events.append("data ");
            text.append(StandardCharsets.US_ASCII.decode(data));
            if (leaves) {
                leaves = false;
                throw new LoopExit("planted");
            }
        }

        @Override
        public void connectionLost(@Nullable Throwable lossCause) {
            events.append("lost");
            cause = lossCause;
        }

        boolean isLost() {
            return events.toString().endsWith("lost");
        }
    }

    private static final class BufferedRecorder extends Recorder implements BufferedProtocol {
        private final ByteBuffer buffer;

        BufferedRecorder(int size) {
            buffer = ByteBuffer.allocate(size);
        }

        @Override
        public ByteBuffer getBuffer(int sizeHint) {
            return buffer.clear();
        }

        @Override
        public void bufferUpdated(int count) {
            append(buffer.flip());
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            throw new AssertionError("it is buffered");
        }
    }

    private static final class Datagrams implements DatagramProtocol {
        private final List<String> events = new ArrayList<>();
        private boolean leaves;
        private @Nullable Exception error;

        @Override
        public void datagramReceived(ByteBuffer data, SocketAddress sender) {
            record(StandardCharsets.US_ASCII.decode(data).toString());
        }

        @Override
        public void errorReceived(Exception cause) {
            error = cause;
            record("error");
        }

        private void record(String event) {
            events.add(event);
            if (leaves) {
                leaves = false;
                throw new LoopExit("planted");
            }
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            events.add("lost");
        }
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
        launcher.close();
        reaper.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
        assertThat(reports).isEmpty();
    }

    private <P extends Recorder> P connected(P protocol) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channels.add(SocketChannel.open(server.getLocalAddress()));
            channels.add(server.accept());
        }
        transport = loop.runUntilComplete(loop.connectAcceptedSocket(() -> protocol, channels.get(0))).transport();
        return protocol;
    }

    private Datagrams opened() {
        Datagrams protocol = new Datagrams();
        endpoint = loop.runUntilComplete(
                loop.createDatagramEndpoint(() -> protocol, DatagramOptions.at("127.0.0.1", 0))).transport();
        return protocol;
    }

    private void exchange() {
        assertThat(loops.want(next, List.of(), List.of(next), List.of()).await(SOON_NANOS).moved()).isEqualTo(1);
    }

    private void turn() {
        loop.callSoon(loop::stop);
        loop.runForever();
    }

    private void runUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
            turn();
        }
    }

    private void runUntilLeft() {
        assertThatThrownBy(() -> runUntil(() -> false)).isInstanceOf(LoopExit.class);
    }

    // ---- no memory

    /** Returns a buffer for which no array is large enough; it takes no memory. */
    private static ByteBuffer huge(Path folder) throws IOException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "a file that is mapped cannot be deleted");
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("sparse").toFile(), "rw")) {
            file.setLength(Integer.MAX_VALUE);
            return file.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, Integer.MAX_VALUE);
        }
    }

    @Test
    void noMemoryForWhatWasRead_endsTheConnection(@TempDir Path folder) throws IOException {
        Recorder protocol = connected(new Recorder());
        driver.streams.get(0).ahead = huge(folder);
        exchange();
        runUntil(protocol::isLost);
        assertThat(protocol.cause).isInstanceOf(UntrustedException.class).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(protocol.text).isEmpty();
    }

    @Test
    void noMemoryForWhatWasNotWritten_endsTheConnection(@TempDir Path folder) throws IOException {
        Recorder protocol = connected(new Recorder());
        driver.streams.get(0).inFlight = huge(folder);
        exchange();
        runUntil(protocol::isLost);
        assertThat(protocol.cause).isInstanceOf(UntrustedException.class).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(next.streams.get(0).sent.size()).isZero();
        assertThat(transport.getWriteBufferSize()).isZero();
    }

    @Test
    void noMemoryForADatagram_losesThatAlone(@TempDir Path folder) throws IOException {
        Datagrams protocol = opened();
        driver.datagrams.get(0).ahead.add(huge(folder));
        driver.datagrams.get(0).ahead.add(HandingDriver.ascii("small"));
        exchange();
        runUntil(() -> protocol.events.size() == 2);
        assertThat(protocol.events).containsExactlyInAnyOrder("error", "small");
        assertThat(protocol.error).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(next.datagrams.get(0).receiving).isTrue();
    }

    // ---- a user who leaves the loop

    @Test
    void aProtocolThatLeavesTheLoop_receivesWhatComesLater() throws IOException {
        Recorder protocol = connected(new Recorder());
        driver.streams.get(0).ahead = HandingDriver.ascii("ahead ");
        protocol.leaves = true;
        exchange();
        runUntilLeft();
        HandingDriver.Stream stream = next.streams.get(0);
        runUntil(() -> stream.reading);
        loop.callSoon(() -> {
            stream.events.received(HandingDriver.ascii("after"));
            stream.events.endOfStream();
        });
        runUntil(protocol::isLost);
        assertThat(protocol.text).hasToString("ahead after");
    }

    @Test
    void aBufferedProtocolThatLeavesTheLoop_receivesTheRest() throws IOException {
        Recorder protocol = connected(new BufferedRecorder(4));
        driver.streams.get(0).ahead = HandingDriver.ascii("0123456789");
        protocol.leaves = true;
        exchange();
        runUntilLeft();
        runUntil(() -> next.streams.get(0).reading);
        assertThat(protocol.text).hasToString("0123456789");
    }

    @Test
    void anEndpointWhoseUserLeavesTheLoop_receivesTheRest_andWhatComesLater() {
        Datagrams protocol = opened();
        driver.datagrams.get(0).ahead.addAll(List.of(HandingDriver.ascii("one"), HandingDriver.ascii("two")));
        protocol.leaves = true;
        exchange();
        runUntilLeft();
        runUntil(() -> next.datagrams.get(0).receiving);
        assertThat(protocol.events).containsExactly("one", "two");
    }

    @Test
    void anEndpointWhoseUserLeavesTheLoop_sendsTheRest_andEnds() {
        Datagrams protocol = opened();
        HandingDriver.Datagrams port = driver.datagrams.get(0);
        port.takesNothing = true;
        loop.callSoon(() -> {
            endpoint.sendTo(HandingDriver.ascii("one"), HandingDriver.PEER);
            endpoint.sendTo(HandingDriver.ascii("two"), HandingDriver.PEER);
            endpoint.close();
            port.takesNothing = false;
            port.failure = new IOException("planted");
            protocol.leaves = true;
            port.events.writable();
        });
        runUntilLeft();
        runUntil(() -> protocol.events.contains("lost"));
        assertThat(port.sent).containsExactly("two");
        assertThat(protocol.events).containsExactly("error", "lost");
    }

    // ---- the last reads

    @Test
    void aFailureThatTheDriverTellsAsWell_leavesTheAnswerToTheProtocol() throws IOException {
        Recorder protocol = connected(new Recorder());
        HandingDriver.Stream stream = driver.streams.get(0);
        stream.ahead = HandingDriver.ascii("answer");
        stream.failure = new IOException("planted");
        loop.callSoon(() -> {
            transport.pauseReading();
            transport.write(HandingDriver.ascii("question"));
            stream.events.failed(new IOException("planted, told by the driver"));
        });
        turn();
        turn();
        turn();
        assertThat(protocol.events).as("it has paused").isEmpty();
        loop.callSoon(transport::resumeReading);
        runUntil(protocol::isLost);
        assertThat(protocol.events).hasToString("data lost");
        assertThat(protocol.text).hasToString("answer");
        assertThat(protocol.cause).isSameAs(stream.failure);
    }

    @Test
    void aProtocolThatLeavesTheLoop_receivesTheRestOfTheAnswer() throws IOException {
        Recorder protocol = connected(new BufferedRecorder(4096));
        channels.get(1).write(HandingDriver.ascii("x".repeat(MANY)));
        driver.streams.get(0).failure = new IOException("planted");
        protocol.leaves = true;
        loop.callSoon(() -> transport.write(HandingDriver.ascii("question")));
        runUntilLeft();
        runUntil(protocol::isLost);
        assertThat(protocol.text).hasSize(MANY);
    }

    // ---- the end of the loop

    @Test
    void aClosedLoop_takesNothingBack_andBlamesNoDriver() throws IOException {
        Recorder protocol = connected(new Recorder());
        Datagrams datagrams = opened();
        driver.streams.get(0).ahead = HandingDriver.ascii("ahead");
        driver.streams.get(0).inFlight = HandingDriver.ascii("in flight");
        driver.datagrams.get(0).ahead.add(HandingDriver.ascii("ahead"));
        driver.datagrams.get(0).failureAhead = new IOException("planted");
        loop.close();
        assertThat(reports).isEmpty();
        assertThat(protocol.events).isEmpty();
        assertThat(datagrams.events).isEmpty();
        assertThat(channels.get(0).isOpen()).isFalse();
    }

    // ---- servers

    @Test
    void aServerThatTheDriverRefuses_leavesNoSocketBound() {
        assertThatThrownBy(() -> loop.runUntilComplete(
                loop.createServer(Recorder::new, ServerOptions.at("127.0.0.1", 0))))
                .hasMessageContaining("refuses");
        assertThat(driver.refused).hasSize(1).noneMatch(ServerSocketChannel::isOpen);
    }
}
