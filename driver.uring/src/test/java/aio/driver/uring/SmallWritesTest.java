package aio.driver.uring;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.IoDriverFactory;
import aio.spi.StreamPort;
import aio.testkit.spi.DriverFixture;
import aio.testkit.spi.Pair;
import aio.testkit.spi.RecordingEvents;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many writes of one turn: they wait for the poll in a slot that grows, and arrive in their order. */
class SmallWritesTest extends DriverFixture {
    private final RecordingEvents events = recorder();
    private final List<Integer> sends = new ArrayList<>();
    private Pair pair;
    private StreamPort port;

    @Override
    protected IoDriverFactory factory() {
        return ScriptedCalls.factory(this::calls);
    }

    private ScriptedCalls calls(Arena arena) {
        return new ScriptedCalls(arena) {
            @Override
            int send(int socket, MemorySegment from, long offset, int length) {
                sends.add(length);
                return super.send(socket, from, offset, length);
            }
        };
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }

    @Test
    void writesThatOutgrowASlot_goTogether_inOrder() throws IOException {
        String expected = write(100, 100);
        assertThat(port.unwritten()).isZero();
        turn();
        assertThat(received(expected.length())).isEqualTo(expected);
        assertThat(sends).as("calls of their own").isEmpty();
    }

    @Test
    void writesThatOutgrowTheLargestSlot_arriveInOrder() throws IOException {
        String expected = write(40, 1000);
        turn();
        assertThat(received(expected.length())).isEqualTo(expected);
        assertThat(sends).as("what was in the slot went before what did not fit").isNotEmpty();
    }

    @Test
    void aSlotThatHasGrown_isSentByARelease() throws IOException {
        String expected = write(20, 100);
        port.release();
        assertThat(received(expected.length())).isEqualTo(expected);
        assertThat(events.log()).isEmpty();
    }

    private String received(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            assertThat(pair.peer().read(bytes)).isPositive();
        }
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
    }

    /** Writes after a poll, so that all of it waits for the next one; returns what was written. */
    private String write(int times, int size) throws IOException {
        pair = closing(Pair.tcp());
        port = driver.adopt(pair.ours(), events);
        turn();
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < times; i++) {
            String text = String.valueOf((char) ('a' + i % 26)).repeat(size);
            assertThat(port.write(Pair.bytes(text))).isEqualTo(size);
            written.append(text);
        }
        return written.toString();
    }
}
