package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import aio.loop.Feature;
import aio.loop.LoopClosedException;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.testkit.LogCapture;
import aio.testkit.NotInAsyncio;
import aio.transport.BaseTransport;
import aio.transport.WriteTransport;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Pipes: C233 to C239, streams and named pipes, and that an exchange of drivers changes nothing. */
@Asyncio("eventloop#loop.connect_read_pipe")
public abstract class PipeContract extends ExchangingContract {
    private static final int MORE_THAN_A_PIPE_HOLDS = 600_000;
    private static final BytePattern PATTERN = new BytePattern(3);

    @TempDir
    private Path directory;

    /** For subclasses. */
    protected PipeContract() {}

    private Pipe pipe() throws IOException {
        Pipe pipe = Pipe.open();
        closing(pipe.source());
        closing(pipe.sink());
        return pipe;
    }

    private RecordingPipes.Reader reader(ReadableByteChannel channel) {
        return done(loop.connectReadPipe(RecordingPipes.Reader::new, channel)).protocol();
    }

    private RecordingPipes.Writer writer(Pipe pipe) {
        return done(loop.connectWritePipe(RecordingPipes.Writer::new, pipe.sink())).protocol();
    }

    private static void send(Pipe pipe, String text) throws IOException {
        pipe.sink().write(ByteBuffer.wrap(text.getBytes()));
    }

    private static byte[] receive(Pipe pipe, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && pipe.source().read(buffer) >= 0) {
            Thread.onSpinWait();
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    // ---- reading

    @Test
    void c233_readPipe_made_data_endOfFile_lost() throws Exception {
        Pipe pipe = pipe();
        RecordingPipes.Reader reader = reader(pipe.source());
        assertThat(reader.transport().getExtraInfo(BaseTransport.PIPE)).isSameAs(pipe.source());
        assertThat(loop.supports(Feature.PIPES)).isTrue();

        send(pipe, "1");
        Await.until("the first byte", () -> reader.text().equals("1"));
        send(pipe, "2345");
        Await.until("four bytes more", () -> reader.text().equals("12345"));
        pipe.sink().close();

        assertThat(reader.awaitLoss()).isNull();
        assertThat(reader.events()).containsExactly("made", "data", "data", "eof", "lost");
        assertThat(pipe.source().isOpen()).isFalse();
        assertThat(reader.transport().isClosing()).isTrue();
    }

    @Test
    void c233_aProtocolThatFails_endsThePipe() throws Exception {
        Pipe pipe = pipe();
        RecordingPipes.Reader reader = done(loop.connectReadPipe(() -> new RecordingPipes.Reader() {
            @Override
            public void dataReceived(ByteBuffer data) {
                throw new IllegalStateException("of the protocol");
            }
        }, pipe.source())).protocol();

        send(pipe, "1");

        assertThat(reader.awaitLoss()).hasMessage("of the protocol");
        assertThat(reports.awaitOnly().exception()).hasMessage("of the protocol");
    }

    @Test
    void c238_pauseAndResume_holdDataBack_andAreHarmlessAtOtherTimes() throws Exception {
        Pipe pipe = pipe();
        RecordingPipes.Reader reader = reader(pipe.source());
        running.run(() -> {
            reader.transport().resumeReading();
            reader.transport().pauseReading();
            reader.transport().pauseReading();
            assertThat(reader.transport().isReading()).isFalse();
        });
        send(pipe, "held");
        running.linger(Duration.ofMillis(30));
        assertThat(reader.text()).isEmpty();

        running.run(reader.transport()::resumeReading);
        Await.until("what was held back", () -> reader.text().equals("held"));

        running.run(() -> {
            reader.transport().close();
            reader.transport().close();
            reader.transport().pauseReading();
            reader.transport().resumeReading();
            assertThat(reader.transport().isReading()).isFalse();
        });
        assertThat(reader.awaitLoss()).isNull();
        assertThat(reader.events()).containsExactly("made", "data", "lost");
    }

    // ---- writing

    @Test
    @Asyncio("eventloop#loop.connect_write_pipe")
    void c234_writePipe_dataReachesTheReader_closeEndsIt() throws Exception {
        Pipe pipe = pipe();
        RecordingPipes.Writer writer = writer(pipe);
        running.run(() -> {
            writer.transport().write("12".getBytes());
            writer.transport().writelines(List.of(ByteBuffer.wrap("3".getBytes())));
            writer.transport().close();
        });

        assertThat(receive(pipe, 4)).isEqualTo("123".getBytes());
        assertThat(writer.awaitLoss()).isNull();
        assertThat(writer.events()).containsExactly("made", "lost");
        assertThat(pipe.sink().isOpen()).isFalse();
    }

    @Test
    @Asyncio("eventloop#loop.connect_write_pipe")
    void c235_aReaderThatGoesAway_endsAnIdleSocketPipe() throws Exception {
        Pair pair = pair();
        RecordingPipes.Writer writer =
                done(loop.connectWritePipe(RecordingPipes.Writer::new, pair.ours())).protocol();
        pair.client().close();

        assertThat(writer.awaitLoss()).isNull();
    }

    @Test
    @Asyncio("eventloop#loop.connect_write_pipe")
    void c235_aReaderThatGoesAway_isNoticedAtTheNextWrite_ofAPipe() throws Exception {
        Pipe pipe = pipe();
        RecordingPipes.Writer writer = writer(pipe);
        pipe.source().close();
        running.run(() -> writer.transport().write("1".getBytes()));

        assertThat(writer.awaitLoss()).isInstanceOf(IOException.class);
        running.run(() -> {
            for (int i = 0; i < 8; i++) {
                writer.transport().write("ignored".getBytes());
            }
        });
    }

    @Test
    @Asyncio("eventloop#loop.connect_write_pipe")
    void c235_aReaderThatGoesAway_withDataUnsent_isABrokenPipe() throws Exception {
        Pipe pipe = pipe();
        RecordingPipes.Writer writer = writer(pipe);
        running.run(() -> {
            writer.transport().write(PATTERN.bytes(0, MORE_THAN_A_PIPE_HOLDS));
            assertThat(writer.transport().getWriteBufferSize()).isPositive();
        });
        pipe.source().close();

        assertThat(writer.awaitLoss()).isInstanceOf(IOException.class).hasMessageContaining("ipe");
        assertThat(writer.transport().getWriteBufferSize()).isZero();
    }

    @Test
    @Asyncio("eventloop#loop.connect_write_pipe")
    void c237_writeEof_sendsWhatIsPending_thenCloses() throws Exception {
        Pipe pipe = pipe();
        RecordingPipes.Writer writer = writer(pipe);
        running.run(() -> {
            WriteTransport transport = writer.transport();
            assertThat(transport.canWriteEof()).isTrue();
            transport.write(PATTERN.bytes(0, MORE_THAN_A_PIPE_HOLDS));
            transport.writeEof();
            transport.writeEof();
            assertThat(transport.isClosing()).isTrue();
            assertThatThrownBy(() -> transport.write(new byte[1])).isInstanceOf(IllegalStateException.class);
        });

        assertThat(receive(pipe, MORE_THAN_A_PIPE_HOLDS + 1)).isEqualTo(PATTERN.bytes(0, MORE_THAN_A_PIPE_HOLDS));
        assertThat(writer.awaitLoss()).isNull();
        assertThat(writer.events()).containsExactly("made", "pause", "resume", "lost");
    }

    @Test
    @Asyncio("eventloop#loop.connect_write_pipe")
    void c237_abort_dropsWhatIsPending() throws Exception {
        Pipe pipe = pipe();
        RecordingPipes.Writer writer = writer(pipe);
        running.run(() -> {
            writer.transport().write(PATTERN.bytes(0, MORE_THAN_A_PIPE_HOLDS));
            writer.transport().abort();
        });

        assertThat(writer.awaitLoss()).isNull();
        assertThat(receive(pipe, MORE_THAN_A_PIPE_HOLDS)).hasSizeLessThan(MORE_THAN_A_PIPE_HOLDS);
    }

    @Test
    @Asyncio("eventloop#loop.connect_write_pipe")
    void writesAfterTheEnd_areIgnored_andLoggedFromTheFifthOn() throws Exception {
        Pipe pipe = pipe();
        RecordingPipes.Writer writer = writer(pipe);
        String message = "pipe closed by peer or write to it failed.";
        try (LogCapture log = LogCapture.start()) {
            running.run(() -> {
                writer.transport().abort();
                for (int i = 0; i < 4; i++) {
                    writer.transport().write("x".getBytes());
                }
                assertThat(log.count(message)).isZero();
                writer.transport().write("x".getBytes());
                assertThat(log.count(message)).isEqualTo(1);
            });
            assertThat(writer.awaitLoss()).isNull();
        }
        assertThat(receive(pipe, 1)).isEmpty();
    }

    @Test
    void writeBufferLimits_areThoseOfAllTransports() throws Exception {
        RecordingPipes.Writer writer = writer(pipe());
        running.run(() -> {
            WriteTransport transport = writer.transport();
            assertThat(transport.getWriteBufferLimits().high()).isEqualTo(64 * 1024);
            transport.setWriteBufferLimits(100);
            assertThat(transport.getWriteBufferLimits().low()).isEqualTo(25);
            assertThatThrownBy(() -> transport.setWriteBufferLimits(2, 1)).isInstanceOf(IllegalArgumentException.class);
        });
    }

    // ---- what is not a pipe

    @Test
    void c239_regularFiles_areRefused() throws Exception {
        File file = directory.resolve("file").toFile();
        try (FileOutputStream out = new FileOutputStream(file);
                FileInputStream in = new FileInputStream(file);
                FileChannel channel = FileChannel.open(file.toPath(), StandardOpenOption.READ);
                DatagramChannel datagrams = DatagramChannel.open()) {
            assertThatThrownBy(() -> loop.connectReadPipe(RecordingPipes.Reader::new, channel))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is a file");
            assertThatThrownBy(() -> loop.connectReadPipe(RecordingPipes.Reader::new, in))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> loop.connectWritePipe(RecordingPipes.Writer::new, out))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> loop.connectReadPipe(RecordingPipes.Reader::new, datagrams))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no pipe");
        }
    }

    @Test
    void closedPipes_andClosedLoops_areRefused() throws Exception {
        Pipe pipe = pipe();
        EventLoop closed = policy().newEventLoop();
        closed.close();
        assertThatThrownBy(() -> closed.connectReadPipe(RecordingPipes.Reader::new, pipe.source()))
                .isInstanceOf(LoopClosedException.class);
        pipe.source().close();
        assertThatThrownBy(() -> loop.connectReadPipe(RecordingPipes.Reader::new, pipe.source()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aFactoryThatFails_leavesThePipeAlone() throws Exception {
        Pipe pipe = pipe();
        assertThat(failureOf(() -> loop.connectReadPipe(() -> {
            throw new IllegalStateException("of the factory");
        }, pipe.source()))).hasMessage("of the factory");

        assertThat(pipe.source().isOpen()).isTrue();
        send(pipe, "later");
        RecordingPipes.Reader reader = reader(pipe.source());
        Await.until("the second protocol", () -> reader.text().equals("later"));
    }

    @Test
    void closingTheLoop_closesItsPipes() throws Exception {
        Pipe pipe = pipe();
        LoopThread other = start(policy().newEventLoop());
        done(other.loop().connectReadPipe(RecordingPipes.Reader::new, pipe.source()));
        other.close();

        assertThat(pipe.source().isOpen()).isFalse();
    }

    // ---- streams and named pipes

    @Test
    void streams_areReadToTheirEnd_andClosed() throws Exception {
        PipedOutputStream feed = new PipedOutputStream();
        PipedInputStream stream = new PipedInputStream(feed);
        RecordingPipes.Reader reader =
                done(loop.connectReadPipe(RecordingPipes.Reader::new, stream)).protocol();
        assertThat(reader.transport().getExtraInfo(BaseTransport.PIPE)).isSameAs(stream);
        feed.write("by a thread".getBytes());
        feed.close();

        assertThat(reader.awaitLoss()).isNull();
        assertThat(reader.text()).isEqualTo("by a thread");
    }

    @Test
    void aStreamThatFails_isReported_andEndsThePipe() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("of the stream");
            }
        };
        RecordingPipes.Reader reader =
                done(loop.connectReadPipe(RecordingPipes.Reader::new, failing)).protocol();

        assertThat(reader.awaitLoss()).hasMessage("of the stream");
        assertThat(reports.awaitOnly().message()).isEqualTo("Fatal read error on pipe transport");
    }

    @Test
    @Asyncio("eventloop#loop.connect_write_pipe")
    void streams_areWritten_flushed_andClosed() throws Exception {
        PipedInputStream reader = new PipedInputStream();
        RecordingPipes.Writer writer = done(loop.connectWritePipe(
                RecordingPipes.Writer::new, new BufferedOutputStream(new PipedOutputStream(reader)))).protocol();
        running.run(() -> writer.transport().write("flushed".getBytes()));
        assertThat(new String(reader.readNBytes(7))).isEqualTo("flushed");
        running.run(writer.transport()::close);

        assertThat(writer.awaitLoss()).isNull();
        assertThat(reader.read()).isEqualTo(-1);
    }

    @Test
    @Asyncio("eventloop#loop.connect_write_pipe")
    void aStreamThatTakesNoMore_endsThePipe_withItsOwnError() throws Exception {
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                throw new IOException("of the stream");
            }
        };
        RecordingPipes.Writer writer =
                done(loop.connectWritePipe(RecordingPipes.Writer::new, failing)).protocol();

        Await.until("a write that fails", () -> {
            running.run(() -> writer.transport().write("1".getBytes()));
            return writer.events().contains("lost");
        });
        assertThat(writer.awaitLoss()).hasMessage("of the stream");
    }

    @Test
    @EnabledOnOs(value = {OS.LINUX, OS.MAC}, disabledReason = "needs mkfifo")
    void namedPipes_areServed_inBothDirections() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        FileChannel both = closing(FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE));
        FileChannel source = FileChannel.open(fifo, StandardOpenOption.READ);
        FileChannel sink = FileChannel.open(fifo, StandardOpenOption.WRITE);
        both.close();
        RecordingPipes.Reader reader = reader(source);
        RecordingPipes.Writer writer =
                done(loop.connectWritePipe(RecordingPipes.Writer::new, sink)).protocol();
        byte[] bytes = PATTERN.bytes(0, MORE_THAN_A_PIPE_HOLDS);
        running.run(() -> {
            writer.transport().write(bytes);
            writer.transport().close();
        });

        assertThat(reader.awaitLoss()).isNull();
        assertThat(writer.awaitLoss()).isNull();
        assertThat(reader.received()).isEqualTo(bytes);
    }

    @Test
    @EnabledOnOs(value = {OS.LINUX, OS.MAC}, disabledReason = "needs mkfifo")
    void closing_wakesTheThreadThatWaitsForANamedPipe() throws Exception {
        Path fifo = directory.resolve("silent");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        closing(FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE));
        RecordingPipes.Reader reader = reader(FileChannel.open(fifo, StandardOpenOption.READ));
        String pump = loop.name() + "-pipe-pump";
        Await.until("the thread", () -> isAlive(pump));
        running.run(reader.transport()::close);

        assertThat(reader.awaitLoss()).isNull();
        Await.until("the thread ends", () -> !isAlive(pump));
    }

    private static boolean isAlive(String thread) {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(each -> each.getName().equals(thread));
    }

    @Test
    void aStreamGivenAsAChannel_isServedToo() throws Exception {
        RecordingPipes.Reader reader =
                reader(Channels.newChannel(new ByteArrayInputStream("bytes".getBytes())));

        assertThat(reader.awaitLoss()).isNull();
        assertThat(reader.text()).isEqualTo("bytes");
    }

    // ---- exchange

    @Test
    @NotInAsyncio(NotInAsyncio.EXCHANGE)
    void anExchange_losesNothing_andKeepsThePause() throws Exception {
        Pipe in = pipe();
        Pipe out = pipe();
        RecordingPipes.Reader reader = reader(in.source());
        RecordingPipes.Writer writer = writer(out);
        byte[] bytes = PATTERN.bytes(0, MORE_THAN_A_PIPE_HOLDS);
        running.run(() -> {
            reader.transport().pauseReading();
            writer.transport().write(bytes);
        });
        send(in, "held");
        exchange();
        running.linger(Duration.ofMillis(20));
        assertThat(reader.text()).isEmpty();
        exchange(new PolicyOn(new WithoutWatching(driver())));
        running.run(reader.transport()::resumeReading);
        Await.until("what was held back", () -> reader.text().equals("held"));
        byte[] half = receive(out, bytes.length / 2);
        exchange();
        send(in, " and more");
        Await.until("what came later", () -> reader.text().equals("held and more"));
        byte[] rest = receive(out, bytes.length - half.length);
        running.run(writer.transport()::close);
        in.sink().close();

        assertThat(reader.awaitLoss()).isNull();
        assertThat(writer.awaitLoss()).isNull();
        assertThat(half).isEqualTo(PATTERN.bytes(0, half.length));
        assertThat(rest).isEqualTo(PATTERN.bytes(half.length, rest.length));
    }

    @Test
    void aDriverThatDoesNotWatch_servesPipesByAThread_whichEndsWithThem() throws Exception {
        LoopThread other = start(loopOn(new WithoutWatching(driver())));
        Pipe in = pipe();
        RecordingPipes.Reader reader =
                done(other.loop().connectReadPipe(RecordingPipes.Reader::new, in.source())).protocol();
        String watch = other.loop().name() + "-pipe-watch";
        send(in, "1");
        Await.until("the first byte", () -> reader.text().equals("1"));
        assertThat(isAlive(watch)).isTrue();
        send(in, "2");
        Await.until("the second byte", () -> reader.text().equals("12"));
        in.sink().close();

        assertThat(reader.awaitLoss()).isNull();
        Await.until("the thread ends", () -> !isAlive(watch));
    }
}
