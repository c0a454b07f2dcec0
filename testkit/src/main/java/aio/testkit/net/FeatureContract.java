package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.DatagramOptions;
import aio.loop.EventLoop;
import aio.loop.Feature;
import aio.loop.LoopFuture;
import aio.loop.SendfileOptions;
import aio.process.ProcessSignal;
import aio.process.SubprocessProtocol;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Asking first: what {@code supports} denies is refused by name, what it promises works. */
@NotInAsyncio("a loop cannot be asked beforehand what it is able to do")
public abstract class FeatureContract extends NetContract {
    private static final class Child implements SubprocessProtocol {}

    @TempDir
    private Path directory;

    private Pipe pipe;

    /** For subclasses. */
    protected FeatureContract() {}

    @BeforeEach
    void openPipe() throws IOException {
        pipe = Pipe.open();
        closing(pipe.source()).configureBlocking(false);
        closing(pipe.sink());
    }

    @ParameterizedTest
    @EnumSource
    void onTheDriverOfThePolicy(Feature feature) {
        check(loop, feature);
    }

    @ParameterizedTest
    @EnumSource
    void onADriverThatCanDoLittle(Feature feature) {
        check(start(loopOn(new WithoutWatching(driver()))).loop(), feature);
    }

    private void check(EventLoop asked, Feature feature) {
        if (asked.supports(feature)) {
            assertThatCode(use(asked, feature)).as("%s is supported", feature).doesNotThrowAnyException();
            return;
        }
        assertThatThrownBy(use(asked, feature))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("\"" + asked.name() + "\"")
                .hasMessageContaining("\"" + asked.info().driver().orElse("parked") + "\"")
                .hasMessageContaining(feature.name());
    }

    /** Uses a feature and waits for the end; a switch without default, so that a new feature must be used here too. */
    private ThrowingCallable use(EventLoop asked, Feature feature) {
        return () -> {
            switch (feature) {
                case DATAGRAMS -> done(asked.createDatagramEndpoint(RecordingDatagramProtocol::new,
                        DatagramOptions.at("127.0.0.1", 0)));
                case DESCRIPTOR_WATCHING -> onLoopOf(asked, () -> asked.addReader(pipe.source(), () -> {}));
                case FILE_SENDING -> sendFile(asked);
                case PIPES -> done(asked.connectReadPipe(RecordingPipes.Reader::new, pipe.source()));
                case RAW_SOCKETS -> sendRaw(asked);
                case SIGNALS -> {
                    asked.addSignalHandler(new ProcessSignal("WINCH"), () -> {});
                    asked.removeSignalHandler(new ProcessSignal("WINCH"));
                }
                case SUBPROCESSES -> done(asked.subprocessShell(Child::new, "exit 0"));
                case TLS -> assertThat(asked.supports(feature)).isTrue(); // its own suites use it
                case UNIX_SOCKETS -> closing(done(asked.createUnixServer(
                        RecordingProtocol::new, directory.resolve("socket"))));
            }
        };
    }

    private static void onLoopOf(EventLoop asked, Runnable action) {
        LoopFuture<Void> over = asked.createFuture();
        asked.callSoonThreadsafe(() -> {
            try {
                action.run();
                over.setResult(null);
            } catch (RuntimeException e) {
                over.setException(e);
            }
        });
        over.join();
    }

    private void sendFile(EventLoop asked) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "content");
        var connection = done(asked.connectAcceptedSocket(RecordingProtocol::new, pair().ours()));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            assertThat(done(asked.sendfile(connection.transport(), channel, SendfileOptions.whole()))).isEqualTo(7);
        }
    }

    private void sendRaw(EventLoop asked) throws IOException {
        SocketChannel channel = pair().ours();
        channel.configureBlocking(false);
        done(asked.sockSendall(channel, ByteBuffer.wrap(new byte[] {1})));
    }
}
