package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.testkit.NotInAsyncio;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver that learns later that bytes were sent: the loop waits for each of them, and is told of the last. */
@Asyncio("protocol#WriteTransport.write")
public abstract class PostedWriteContract extends ExchangingContract {
    private static final int MUCH = 3 * 1024 * 1024;
    private static final BytePattern PATTERN = new BytePattern(5);

    /** For subclasses. */
    protected PostedWriteContract() {}

    @BeforeEach
    final void postWrites() {
        exchange(new PolicyOn(new PostedWrites(driver())));
    }

    private StreamTransport accepted(RecordingProtocol protocol, Pair pair) {
        attach(pair.ours(), protocol);
        return protocol.transport();
    }

    @Test
    void whatIsPosted_counts_untilItWasSent() throws Exception {
        Pair pair = pair();
        StreamTransport transport = accepted(new RecordingProtocol(), pair);
        running.run(() -> {
            transport.write(new byte[7]);
            assertThat(transport.getWriteBufferSize()).isEqualTo(7);
        });
        Await.until("it was sent", () -> transport.getWriteBufferSize() == 0);
        assertThat(pair.client().receive(7)).hasSize(7);
    }

    @Test
    @Asyncio("protocol#BaseProtocol.pause_writing")
    void aProtocolThatPausesAtOnce_isResumedByTheLastByte() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = new RecordingProtocol();
        StreamTransport transport = accepted(protocol, pair);
        running.run(() -> transport.setWriteBufferLimits(0, 0));
        for (int i = 1; i <= 3; i++) {
            int round = i;
            running.run(() -> transport.write(new byte[round]));
            Await.until("it is resumed", () -> protocol.count("resume") == round);
            assertThat(protocol.count("pause")).isEqualTo(round);
            assertThat(pair.client().receive(round)).hasSize(round);
        }
    }

    @Test
    @Asyncio("protocol#BaseTransport.close")
    void closeAfterAWrite_sendsItFirst() throws Exception {
        for (int count : new int[] {1, 100_000, MUCH}) {
            Pair pair = pair();
            RecordingProtocol protocol = new RecordingProtocol();
            StreamTransport transport = accepted(protocol, pair);
            running.run(() -> {
                transport.write(ByteBuffer.wrap(PATTERN.bytes(0, count)));
                transport.close();
            });
            pair.client().receive(PATTERN, 0, count);
            assertThat(pair.client().isAtEnd()).isTrue();
            assertThat(protocol.awaitLost()).isNull();
        }
    }

    @Test
    @Asyncio("protocol#WriteTransport.write_eof")
    void theEndAfterAWrite_comesAfterIt() throws Exception {
        Pair pair = pair();
        RecordingProtocol protocol = new RecordingProtocol();
        StreamTransport transport = accepted(protocol, pair);
        running.run(() -> {
            transport.write(ByteBuffer.wrap(PATTERN.bytes(0, 50_000)));
            transport.writeEof();
        });
        pair.client().receive(PATTERN, 0, 50_000);
        assertThat(pair.client().isAtEnd()).isTrue();
        pair.client().send("still");
        assertThat(protocol.awaitBytes(5)).hasSize(5);
    }

    @Test
    @NotInAsyncio(NotInAsyncio.EXCHANGE)
    void anExchange_losesNothingThatIsInFlight() throws Exception {
        Pair pair = pair();
        StreamTransport transport = accepted(new RecordingProtocol(), pair);
        running.run(() -> transport.write(ByteBuffer.wrap(PATTERN.bytes(0, MUCH))));
        CompletableFuture<Long> received = CompletableFuture.supplyAsync(() -> receiveAll(pair.client()));
        exchange();
        exchange(new PolicyOn(new PostedWrites(driver())));
        running.run(() -> transport.write(ByteBuffer.wrap(PATTERN.bytes(MUCH, MUCH))));
        exchange();
        received.join();
        Await.until("all is written", () -> transport.getWriteBufferSize() == 0);
    }

    private static long receiveAll(BlockingClient client) {
        try {
            return client.receive(PATTERN, 0, 2L * MUCH);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
