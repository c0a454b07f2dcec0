package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.Feature;
import aio.transport.BaseTransport;
import aio.transport.Connection;
import aio.transport.StreamProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watching descriptors, for drivers that can: C151 to C159. */
@Asyncio("eventloop#loop.add_reader")
public abstract class DescriptorContract extends LoopContract {
    private final List<String> order = new ArrayList<>();
    private SocketPair pair;
    private Pipe pipe;

    @BeforeEach
    void openChannels() throws IOException {
        assertThat(loop.supports(Feature.DESCRIPTOR_WATCHING)).isTrue();
        pair = SocketPair.open();
        pair.near().configureBlocking(false);
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().configureBlocking(false);
    }

    @AfterEach
    void closeChannels() throws IOException {
        if (pair == null) {
            return; // the test was skipped
        }
        pair.close();
        pipe.source().close();
        pipe.sink().close();
    }

    @Test
    void c151_reader_isCalledForEachBatch_andForTheEndOfTheStream() throws Exception {
        Pipe.SourceChannel source = pipe.source();
        loop.addReader(source, () -> {
            String read = read(source);
            order.add(read.isEmpty() ? "removed " + loop.removeReader(source) : read);
        });

        send(pipe.sink(), "abc");
        runUntil(loop, "the first batch", () -> order.size() == 1);
        send(pipe.sink(), "def");
        runUntil(loop, "the second batch", () -> order.size() == 2);
        pipe.sink().close();
        runUntil(loop, "the end of the stream", () -> order.size() == 3);
        runTurns(loop, 3);

        assertThat(order).containsExactly("abc", "def", "removed true");
    }

    @Test
    @Asyncio("eventloop#loop.add_writer")
    void c151_writer_isCalledWhileThereIsRoom() {
        loop.addWriter(pipe.sink(), () -> {
            order.add("writable");
            if (order.size() == 2) {
                loop.removeWriter(pipe.sink());
            }
        });

        runUntil(loop, "two calls", () -> order.size() == 2);
        runTurns(loop, 3);

        assertThat(order).hasSize(2);
    }

    @Test
    void c151_readerThatFails_goesToTheExceptionHandler_andIsKept() throws Exception {
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        send(pipe.sink(), "abc");
        loop.addReader(pipe.source(), () -> {
            throw new IllegalArgumentException("of the reader");
        });

        runUntil(loop, "two reports", () -> handler.contexts().size() >= 2);

        assertThat(handler.exceptions()).allMatch(failure -> "of the reader".equals(failure.getMessage()));
        assertThat(loop.removeReader(pipe.source())).isTrue();
    }

    @Test
    void c151_readerOfALoopThatIsNeverIdle_isCalledInTheTurnAfterItsChannelBecameReady() {
        CallbackChain chain = new CallbackChain(loop, () -> send(pipe.sink(), "x"));
        loop.addReader(pipe.source(), () -> {
            read(pipe.source());
            chain.received();
        });

        assertThat(loop.runUntilComplete(chain.start())).isBetween(1, CallbackChain.most(1));
    }

    @Test
    void c153_secondReader_replacesTheFirst_andTheWriterStays() throws Exception {
        send(pair.far(), "abc");
        loop.addReader(pair.near(), () -> order.add("first reader"));
        loop.addWriter(pair.near(), () -> order.add("writer"));

        loop.addReader(pair.near(), () -> order.add("second reader"));

        runUntil(loop, "reader and writer", () -> order.contains("second reader") && order.contains("writer"));
        assertThat(order).doesNotContain("first reader");
        assertThat(loop.info().watched()).isEqualTo(1);
    }

    @Test
    void c153_readerReplacedByACallbackOfTheSameTurn_doesNotRun() throws Exception {
        send(pair.far(), "abc");
        loop.addReader(pair.near(), () -> order.add("first reader"));
        loop.callSoon(() -> loop.addReader(pair.near(), () -> order.add("second reader")));

        runUntil(loop, "the second reader", () -> order.contains("second reader"));

        assertThat(order).doesNotContain("first reader");
    }

    @Test
    @Asyncio("eventloop#loop.remove_reader")
    void c154_removingOneOfTwo_keepsTheOther() throws Exception {
        send(pair.far(), "abc");
        loop.addReader(pair.near(), () -> order.add("reader"));
        loop.addWriter(pair.near(), () -> order.add("writer"));

        assertThat(loop.removeReader(pair.near())).isTrue();
        runUntil(loop, "the writer", () -> order.size() >= 2);
        assertThat(order).containsOnly("writer");
        assertThat(loop.info().watched()).isEqualTo(1);

        order.clear();
        loop.addReader(pair.near(), () -> order.add("reader"));
        assertThat(loop.removeWriter(pair.near())).isTrue();
        runUntil(loop, "the reader", () -> order.size() >= 2);
        assertThat(order).containsOnly("reader");

        assertThat(loop.removeReader(pair.near())).isTrue();
        assertThat(loop.info().watched()).isZero();
    }

    @Test
    @Asyncio("eventloop#loop.remove_reader")
    void c154_removedByACallbackOfTheSameTurn_doesNotRun() throws Exception {
        send(pipe.sink(), "abc");
        loop.addReader(pipe.source(), () -> order.add("never"));
        loop.callSoon(() -> loop.removeReader(pipe.source()));

        runTurns(loop, 3);

        assertThat(order).isEmpty();
    }

    @Test
    @Asyncio("eventloop#loop.remove_reader")
    void c154_removedAndAddedAgain_works() throws Exception {
        send(pipe.sink(), "abc");
        for (int round = 0; round < 3; round++) {
            order.clear();
            loop.addReader(pipe.source(), () -> order.add("reader"));
            runUntil(loop, "the reader", () -> !order.isEmpty());
            assertThat(loop.removeReader(pipe.source())).isTrue();
        }
        assertThat(loop.removeReader(pipe.source())).isFalse();
    }

    @Test
    @Asyncio("eventloop#loop.remove_reader")
    void c155_removingWhatIsNotWatched_returnsFalse() {
        assertThat(loop.removeReader(pair.near())).isFalse();
        assertThat(loop.removeWriter(pair.near())).isFalse();

        loop.addReader(pair.near(), () -> order.add("reader"));
        assertThat(loop.removeWriter(pair.near())).isFalse();
        assertThat(loop.removeReader(pair.near())).isTrue();
    }

    @Test
    void c157_unusableChannels_areRefused() throws Exception {
        Runnable never = () -> order.add("never");
        SocketChannel blocking = pair.far();
        assertUnusable(() -> loop.addReader(blocking, never));
        assertUnusable(() -> loop.addWriter(blocking, never));
        assertUnusable(() -> loop.addWriter(pipe.source(), never));
        assertUnusable(() -> loop.addReader(pipe.sink(), never));
        pair.near().close();
        assertUnusable(() -> loop.addReader(pair.near(), never));
        assertUnusable(() -> loop.addWriter(pair.near(), never));
        assertUnusable(() -> loop.removeReader(pair.near()));
        assertUnusable(() -> loop.removeWriter(pair.near()));

        runTurns(loop, 2);
        assertThat(order).isEmpty();
        assertThat(loop.info().watched()).isZero();
    }

    private static void assertUnusable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void c157_null_isRefused() {
        Runnable never = () -> order.add("never");
        assertThatThrownBy(() -> loop.addReader(null, never)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.addWriter(null, never)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.removeReader(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.removeWriter(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.addReader(pair.near(), null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.addWriter(pair.near(), null)).isInstanceOf(NullPointerException.class);
        assertThat(loop.info().watched()).isZero();
    }

    @Test
    void c157_channelClosedWhileItIsWatched_disturbsNothing() throws Exception {
        send(pipe.sink(), "abc");
        loop.addReader(pair.near(), () -> order.add("closed"));
        loop.addReader(pipe.source(), () -> order.add("open"));

        pair.near().close();
        runUntil(loop, "the other reader", () -> order.contains("open"));

        assertThat(order).doesNotContain("closed");
        loop.removeReader(pipe.source());
    }

    @Test
    void c158_channelOfATransport_isRefused_untilTheTransportCloses() throws Exception {
        Connection<StreamProtocol> connection =
                loop.runUntilComplete(loop.connectAcceptedSocket(() -> new StreamProtocol() {}, pair.near()));
        SelectableChannel owned = (SelectableChannel) connection.transport().getExtraInfo(BaseTransport.SOCKET);
        Runnable never = () -> order.add("never");

        List<ThrowingCallable> calls = List.of(
                () -> loop.addReader(owned, never),
                () -> loop.addWriter(owned, never),
                () -> loop.removeReader(owned),
                () -> loop.removeWriter(owned));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(IllegalStateException.class));

        connection.transport().abort();
        runTurns(loop, 3);
        assertThat(pair.near().isOpen()).isFalse();
        assertThatThrownBy(() -> loop.addReader(owned, never)).isInstanceOf(IllegalArgumentException.class);
        assertThat(order).isEmpty();
    }

    @Test
    void c159_unreadData_callsTheReaderInEveryTurn() throws Exception {
        send(pipe.sink(), "abc");
        loop.addReader(pipe.source(), () -> order.add("reader"));

        runTurns(loop, 3);

        assertThat(order).hasSize(3);
        loop.removeReader(pipe.source());
    }

    private String read(ReadableByteChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        try {
            channel.read(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
    }

    private static void send(WritableByteChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
