package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.Feature;
import aio.loop.Server;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyChange;
import aio.testkit.Await;
import aio.testkit.NotInAsyncio;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live exchange between a driver that tells what is ready and one that completes operations, there and back. */
@NotInAsyncio(NotInAsyncio.EXCHANGE)
public abstract class KindsExchangeContract extends ExchangingContract {
    private static final int MEGABYTE = 1024 * 1024;

    /** For subclasses. */
    protected KindsExchangeContract() {}

    /** Makes a policy whose driver watches descriptors. */
    protected abstract EventLoopPolicy readinessPolicy();

    /** Makes a policy whose driver completes operations and does not watch descriptors. */
    protected abstract EventLoopPolicy completionPolicy();

    @Override
    protected final EventLoopPolicy policy() {
        return readinessPolicy();
    }

    private void thereAndBack() {
        exchange(completionPolicy());
        exchange(readinessPolicy());
    }

    @Test
    @Timeout(60)
    void aHundredTimesUnderTraffic_withStreamsInEveryState_losesNothing() throws Exception {
        BytePattern pattern = new BytePattern(11);
        Spawn<RecordingProtocol> pending = Spawn.recording();
        BlockingClient slow = slowReader(pending, pattern, 3 * MEGABYTE);
        Pair paused = pair();
        RecordingProtocol pausedProtocol = attach(paused.ours(), new RecordingProtocol());
        Pair half = pair();
        RecordingProtocol halfProtocol = attach(half.ours(), new RecordingProtocol(true));
        half.client().send("q");
        half.client().shutdownOutput();
        halfProtocol.await("eof");
        Server echo = serve(EchoProtocol::new);
        Traffic traffic = Traffic.start(addressOf(echo), 8);
        StringBuilder sent = new StringBuilder();
        long read = 0;
        try {
            for (int i = 0; i < 50; i++) {
                String text = "round " + i + ";";
                paused.client().send(text);
                sent.append(text);
                if (i % 2 == 0) {
                    running.run(() -> pausedProtocol.transport().pauseReading());
                }
                thereAndBack();
                traffic.awaitProgress();
                running.run(() -> pausedProtocol.transport().resumeReading());
                read = slow.receive(pattern, read, 20_000);
            }
        } finally {
            traffic.stop();
        }
        slow.receive(pattern, read, 3 * MEGABYTE - read);
        pausedProtocol.awaitBytes(sent.length());
        assertThat(pausedProtocol.text()).isEqualTo(sent.toString());
        running.run(() -> halfProtocol.transport().write("answer".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(half.client().receiveText(6)).isEqualTo("answer");
        assertThat(halfProtocol.events()).containsExactly("made", "data", "eof");
        assertThat(loop.info().exchanges()).isGreaterThanOrEqualTo(100);
        assertThat(traffic.connects()).isPositive();
    }

    @Test
    void closingAfterPendingWrites_flushesUnderTheOther() throws Exception {
        BytePattern pattern = new BytePattern(12);
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        exchange(completionPolicy());
        BlockingClient client = slowReader(protocols, pattern, 2 * MEGABYTE);
        StreamTransport transport = protocols.nth(0).transport();
        running.run(transport::close);
        exchange(readinessPolicy());
        client.receive(pattern, 0, 2L * MEGABYTE);
        assertThat(client.isAtEnd()).isTrue();
        assertThat(protocols.nth(0).awaitLost()).isNull();
    }

    /** What the loop waits for when the driver has carried it out already, and was about to tell. */
    @ParameterizedTest
    @ValueSource(strings = {"close", "resume", "eof"})
    void aConnectThatEndsInTheTurnOfTheExchange_keepsNothingWaiting(String what) throws Exception {
        exchange(completionPolicy());
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        BlockingClient client = closing(BlockingClient.connect(addressOf(serve(protocols)), 32 * 1024));
        StreamTransport transport = protocols.nth(0).transport();
        long sent = running.call(() -> fillAnd(transport, what));
        long first = sent - transport.getWriteBufferSize();
        ServerSocketChannel elsewhere = listen();
        EventLoopPolicy next = readinessPolicy();
        CountDownLatch read = new CountDownLatch(1);
        running.run(() -> {
            loop.createConnection(() -> {
                readFully(client, first); // so that the last bytes can be sent just now
                read.countDown();
                return new RecordingProtocol();
            }, "127.0.0.1", elsewhere.socket().getLocalPort());
            EventLoops.setEventLoopPolicy(next);
        });
        assertThat(read.await(20, TimeUnit.SECONDS)).as("the connect has ended").isTrue();
        if (what.equals("resume")) {
            protocols.nth(0).await("resume");
        } else {
            assertThat(client.receiveAll()).hasSize((int) (sent - first));
        }
        if (what.equals("close")) {
            assertThat(protocols.nth(0).awaitLost()).isNull();
        }
    }

    private static long fillAnd(StreamTransport transport, String what) {
        transport.setWriteBufferLimits(500, 1000);
        long sent = 0;
        for (; transport.getWriteBufferSize() == 0; sent += 16 * 1024) {
            transport.write(new byte[16 * 1024]);
        }
        if (what.equals("close")) {
            transport.close();
        } else if (what.equals("eof")) {
            transport.writeEof();
        }
        return sent;
    }

    private static void readFully(BlockingClient client, long count) {
        try {
            client.receive((int) count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void watchedDescriptors_areSuspended_reported_andContinue() throws Exception {
        Pipe pipe = Pipe.open();
        closing(pipe.source()).configureBlocking(false);
        closing(pipe.sink());
        AtomicInteger read = new AtomicInteger();
        running.run(() -> loop.addReader(pipe.source(), () -> read.addAndGet(readFrom(pipe.source()))));
        List<PolicyChange> changes = new ArrayList<>();

        exchange(completionPolicy());
        Await.until("the change is in the history", () -> {
            changes.clear();
            changes.addAll(EventLoops.policyDirectory().history());
            return !changes.isEmpty() && changes.get(changes.size() - 1).stayed().size() == 1;
        });
        assertThat(changes.get(changes.size() - 1).stayed().get(0))
                .contains("1 watched descriptor", loop.name(), "suspended", loop.info().driver().orElse("parked"));
        assertThat(loop.supports(Feature.DESCRIPTOR_WATCHING)).isFalse();
        pipe.sink().write(ByteBuffer.wrap(new byte[3]));
        running.turns(3);
        assertThat(read).hasValue(0);
        running.run(() -> assertThatThrownBy(() -> loop.addReader(pipe.source(), () -> {}))
                .isInstanceOf(UnsupportedOperationException.class));

        exchange(readinessPolicy());
        Await.until("it continues", () -> read.get() == 3);
        assertThat(loop.supports(Feature.DESCRIPTOR_WATCHING)).isTrue();
        running.run(() -> assertThat(loop.removeReader(pipe.source())).isTrue());
    }

    @Test
    void suspendedDescriptors_canBeRemoved() throws Exception {
        Pipe pipe = Pipe.open();
        closing(pipe.source()).configureBlocking(false);
        closing(pipe.sink()).write(ByteBuffer.wrap(new byte[3]));
        AtomicInteger calls = new AtomicInteger();
        running.run(() -> loop.addReader(pipe.source(), calls::incrementAndGet));
        exchange(completionPolicy());
        int before = calls.get();
        running.run(() -> assertThat(loop.removeReader(pipe.source())).isTrue());
        exchange(readinessPolicy());
        running.turns(3);
        assertThat(calls).hasValue(before);
        assertThat(loop.info().watched()).isZero();
    }

    private static int readFrom(Pipe.SourceChannel source) {
        try {
            return source.read(ByteBuffer.allocate(100));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
