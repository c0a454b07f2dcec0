package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.transport.StreamTransport;
import aio.transport.WriteTransport.WriteBufferLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flow control of the sending side: cases C215 to C219. */
@Asyncio("protocol#BaseProtocol.pause_writing")
public abstract class FlowControlContract extends NetContract {
    private ScriptedDriver driver;
    private LoopThread scripted;

    /** For subclasses. */
    protected FlowControlContract() {}

    @BeforeEach
    final void startScriptedLoop() {
        driver = new ScriptedDriver();
        scripted = start(loopOn(driver));
    }

    private <P extends RecordingProtocol> P attachScripted(P protocol) throws IOException {
        Pair pair = pair();
        done(scripted.loop().connectAcceptedSocket(() -> protocol, pair.ours()));
        return protocol;
    }

    @Test
    @Asyncio("protocol#WriteTransport.get_write_buffer_limits")
    void c215_defaultMarks() throws Exception {
        StreamTransport transport = attachScripted(new RecordingProtocol()).transport();
        scripted.run(() -> {
            assertThat(transport.getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(16384, 65536));
            assertThat(transport.getWriteBufferSize()).isZero();
        });
    }

    @Test
    @Asyncio("protocol#WriteTransport.set_write_buffer_limits")
    void c215_marksThatAreSet() throws Exception {
        StreamTransport transport = attachScripted(new RecordingProtocol()).transport();
        scripted.run(() -> {
            transport.setWriteBufferLimits(1000);
            assertThat(transport.getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(250, 1000));
            transport.setWriteBufferLimits(7, 7);
            assertThat(transport.getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(7, 7));
            assertThatThrownBy(() -> transport.setWriteBufferLimits(2, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> transport.setWriteBufferLimits(-1, 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(transport.getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(7, 7));
            transport.setWriteBufferLimits(0);
            assertThat(transport.getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(0, 0));
        });
    }

    @Test
    void c217_pauseStrictlyAboveHigh_resumeAtOrBelowLow() throws Exception {
        RecordingProtocol protocol = attachScripted(new RecordingProtocol());
        StreamTransport transport = protocol.transport();
        ScriptedStream stream = driver.stream(0);
        scripted.run(() -> {
            transport.setWriteBufferLimits(1, 4);
            stream.stall();
            transport.write(new byte[3]);
            assertThat(protocol.events()).containsExactly("made");
            transport.write(new byte[1]);
            assertThat(protocol.events()).as("4 queued is not above 4").containsExactly("made");
            transport.write(new byte[2]);
            assertThat(protocol.events()).containsExactly("made", "pause");
            transport.write(new byte[2]);
            assertThat(protocol.events()).as("paused once").containsExactly("made", "pause");
        });
        stream.allow(6);
        Await.until("6 of 8 bytes are written", () -> stream.written().length() == 6);
        scripted.turns(2);
        assertThat(protocol.events()).as("2 queued is above 1").containsExactly("made", "pause");
        stream.allow(1);
        protocol.await("resume");
        scripted.run(() -> assertThat(transport.getWriteBufferSize()).isEqualTo(1));
        stream.allow(100);
        Await.until("everything is written", () -> stream.written().length() == 8);
        scripted.turns(2);
        assertThat(protocol.events()).containsExactly("made", "pause", "resume");
    }

    @Test
    void c217_aWriteThatGoesOutAtOnce_neverPauses() throws Exception {
        RecordingProtocol protocol = attachScripted(new RecordingProtocol());
        scripted.run(() -> {
            protocol.transport().setWriteBufferLimits(4);
            protocol.transport().write(new byte[1000]);
        });
        scripted.turns(2);
        assertThat(protocol.events()).containsExactly("made");
        assertThat(driver.stream(0).written()).hasSize(1000);
    }

    @Test
    void c217_overASocket_pauseAndResumeTakeTurns() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        BlockingClient client = closing(BlockingClient.connect(addressOf(serve(protocols)), 4096));
        RecordingProtocol protocol = protocols.nth(0);
        BytePattern pattern = new BytePattern(5);
        int chunk = 1024 * 1024;
        for (int round = 0; round < 3; round++) {
            long start = (long) round * chunk;
            running.run(() -> {
                shrinkBuffers(protocol.transport());
                protocol.transport().write(pattern.bytes(start, chunk));
            });
            client.receive(pattern, start, chunk);
            int rounds = round + 1;
            Await.until("resumed", () -> protocol.count("resume") == rounds);
        }
        assertThat(protocol.events())
                .containsExactly("made", "pause", "resume", "pause", "resume", "pause", "resume");
    }

    @Test
    void c217_writingInResumeWriting_keepsTheOrder() throws Exception {
        RecordingProtocol protocol = attachScripted(new RecordingProtocol() {
            @Override
            public void resumeWriting() {
                super.resumeWriting();
                if (count("resume") == 1) {
                    transport().write("second".getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        });
        ScriptedStream stream = driver.stream(0);
        scripted.run(() -> {
            protocol.transport().setWriteBufferLimits(2, 2);
            stream.stall();
            protocol.transport().write("first,".getBytes(StandardCharsets.ISO_8859_1));
        });
        stream.allow(4);
        stream.allow(100);
        Await.until("both are written", () -> stream.written().length() == 12);
        assertThat(stream.written()).isEqualTo("first,second");
    }

    @Test
    void c217_exceptionsFromPauseAndResume_areReported_andTheStreamContinues() throws Exception {
        RecordingProtocol protocol = attachScripted(new RecordingProtocol() {
            @Override
            public void pauseWriting() {
                super.pauseWriting();
                throw new IllegalStateException("pause");
            }

            @Override
            public void resumeWriting() {
                super.resumeWriting();
                throw new IllegalStateException("resume");
            }
        });
        ScriptedStream stream = driver.stream(0);
        scripted.run(() -> {
            protocol.transport().setWriteBufferLimits(4);
            stream.stall();
            protocol.transport().write(new byte[10]);
        });
        stream.allow(100);
        assertThat(reports.await(2))
                .extracting(report -> report.exception().getMessage())
                .containsExactly("pause", "resume");
        assertThat(reports.sofar()).allSatisfy(report -> {
            assertThat(report.get("transport")).isSameAs(protocol.transport());
            assertThat(report.get("protocol")).isSameAs(protocol);
        });
        scripted.run(() -> protocol.transport().write(new byte[5]));
        Await.until("the stream continues", () -> stream.written().length() == 15);
        assertThat(protocol.events()).containsExactly("made", "pause", "resume");
    }

    @Test
    @Asyncio("protocol#WriteTransport.set_write_buffer_limits")
    void c218_loweringTheMarksBelowTheQueue_pausesAtOnce() throws Exception {
        RecordingProtocol protocol = attachScripted(new RecordingProtocol());
        scripted.run(() -> {
            driver.stream(0).stall();
            protocol.transport().write(new byte[100]);
            assertThat(protocol.events()).containsExactly("made");
            protocol.transport().setWriteBufferLimits(99);
            assertThat(protocol.events()).containsExactly("made", "pause");
            protocol.transport().setWriteBufferLimits(500, 1000);
            assertThat(protocol.events()).as("raising them does not resume").containsExactly("made", "pause");
        });
    }

    @Test
    @Asyncio("protocol#WriteTransport.writelines")
    void c219_writelines_countsTowardTheMarks() throws Exception {
        RecordingProtocol protocol = attachScripted(new RecordingProtocol());
        scripted.run(() -> {
            driver.stream(0).stall();
            protocol.transport().setWriteBufferLimits(10);
            protocol.transport().writelines(List.of(ByteBuffer.allocate(6), ByteBuffer.allocate(5)));
            assertThat(protocol.transport().getWriteBufferSize()).isEqualTo(11);
            assertThat(protocol.events()).containsExactly("made", "pause");
        });
    }
}
