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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many writes of one turn: they wait for the poll in a slot that grows, and arrive in their order. */
class SmallWritesTest extends DriverFixture {
    private final RecordingEvents events = recorder();
    private final List<Integer> sends = new ArrayList<>();

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
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        turn();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            expected.append(write(port, i, 100));
        }
        assertThat(port.unwritten()).isZero();
        turn();
        assertThat(received(pair, expected.length())).isEqualTo(expected.toString());
        assertThat(sends).as("calls of their own").isEmpty();
    }

    @Test
    void writesThatOutgrowTheLargestSlot_arriveInOrder() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        turn();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            expected.append(write(port, i, 1000));
        }
        turn();
        assertThat(received(pair, expected.length())).isEqualTo(expected.toString());
        assertThat(sends).as("what was in the slot went before what did not fit").isNotEmpty();
    }

    @Test
    void aSlotThatHasGrown_isHandedBackByARelease() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        turn();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            expected.append(write(port, i, 100));
        }
        port.release();
        assertThat(received(pair, expected.length())).isEqualTo(expected.toString());
        assertThat(events.log()).isEmpty();
    }

    private static String received(Pair pair, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            assertThat(pair.peer().read(bytes)).isPositive();
        }
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
    }

    private static String write(StreamPort port, int number, int size) throws IOException {
        String text = IntStream.range(0, size).mapToObj(i -> String.valueOf((char) ('a' + (number + i) % 26)))
                .reduce("", String::concat);
        ByteBuffer bytes = Pair.bytes(text);
        assertThat(port.write(bytes)).isEqualTo(size);
        return text;
    }
}
