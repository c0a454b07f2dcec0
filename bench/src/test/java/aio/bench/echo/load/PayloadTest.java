package aio.bench.echo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PayloadTest {
    private static final int SIZE = 40;
    private static final long NUMBER = 0x0102030405060708L;

    private final Payload payload = new Payload(SIZE, true);

    @Test
    void anEchoMatchesInWhateverPiecesItComes() {
        for (int from = 0; from < SIZE; from++) {
            for (int count = 0; count <= SIZE - from; count++) {
                assertThat(payload.matches(echo(from), count, from, NUMBER)).as("%d bytes at %d", count, from).isTrue();
            }
        }
    }

    @Test
    void anotherNumberAtEitherEndDoesNotMatch() {
        assertThat(payload.matches(echo(0), SIZE, 0, NUMBER + 1)).isFalse();
        ByteBuffer otherEnd = echo(0);
        otherEnd.putLong(SIZE - Long.BYTES, NUMBER + 1);
        assertThat(payload.matches(otherEnd, SIZE, 0, NUMBER)).isFalse();
        assertThat(payload.matches(echo(SIZE - 3), 3, SIZE - 3, NUMBER + 1)).as("its last three bytes").isFalse();
        assertThat(payload.matches(echo(5), 3, 5, NUMBER + 1)).as("the end of the first number").isFalse();
    }

    @Test
    void moreBytesThanWereSentDoNotMatch() {
        assertThat(payload.matches(ByteBuffer.allocate(SIZE), SIZE, 1, NUMBER)).isFalse();
    }

    @Test
    void aRequestHasRoomForTwoNumbers() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Payload(15, true)).withMessageContaining("15");
    }

    private ByteBuffer echo(int from) {
        return ByteBuffer.allocate(SIZE).put(payload.of(NUMBER, from));
    }
}
