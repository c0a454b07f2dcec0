package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.Asyncio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * Pipes that a thread carries to a stream of the user: the end is told when the bytes have arrived, or with the cause.
 */
@Asyncio("eventloop#loop.connect_write_pipe")
public abstract class PipePumpContract extends NetContract {

    /** For subclasses. */
    protected PipePumpContract() {}

    @Test
    void theEndOfAWriter_isToldWhenAllBytesHaveArrived() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        RecordingPipes.Writer writer = done(loop.connectWritePipe(RecordingPipes.Writer::new,
                stream(data -> {
                    free.await();
                    arrived.write(data);
                }))).protocol();
        running.run(() -> {
            writer.transport().write("late".getBytes());
            writer.transport().close();
        });
        running.linger(Duration.ofMillis(30));
        assertThat(writer.events()).doesNotContain("lost");
        free.countDown();
        assertThat(writer.awaitLoss()).isNull();
        assertThat(arrived.toString()).isEqualTo("late");
    }

    @Test
    void aWriteThatFailsOnThePump_isTold_alsoAfterClose() throws Exception {
        for (Exception wanted : List.of(new IOException("full"), new IllegalStateException("broken"))) {
            RecordingPipes.Writer writer = done(loop.connectWritePipe(RecordingPipes.Writer::new,
                    stream(data -> {
                        throw wanted;
                    }))).protocol();
            running.run(() -> {
                writer.transport().write("lost".getBytes());
                writer.transport().close();
            });
            assertThat(writer.awaitLoss()).isSameAs(wanted);
        }
    }

    /** What a test does with what is written. */
    private interface Sink {
        void write(byte[] data) throws Exception;
    }

    private static OutputStream stream(Sink sink) {
        return new OutputStream() {
            @Override
            public void write(int data) throws IOException {
                write(new byte[] {(byte) data});
            }

            @Override
            public void write(byte[] data) throws IOException {
                try {
                    sink.write(data);
                } catch (IOException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        };
    }
}
