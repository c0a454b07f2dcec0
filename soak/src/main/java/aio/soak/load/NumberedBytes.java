package aio.soak.load;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Pseudo-random bytes that depend on the number of a connection and on the position, so that a lost, doubled or
 * exchanged byte shows.
 */
public final class NumberedBytes {
    private static final long NUMBER_FACTOR = 0x9E3779B97F4A7C15L;
    private static final long POSITION_FACTOR = 0xBF58476D1CE4E5B9L;
    private static final long MIX_FACTOR = 0x94D049BB133111EBL;

    private NumberedBytes() {}

    static byte at(int number, long position) {
        long mixed = number * NUMBER_FACTOR + position * POSITION_FACTOR;
        mixed = (mixed ^ mixed >>> 29) * MIX_FACTOR;
        return (byte) (mixed >>> 56);
    }

    /** Fills what remains of a buffer, starting with the byte of {@code position}. */
    public static void fill(ByteBuffer target, int number, long position) {
        for (long next = position; target.hasRemaining(); next++) {
            target.put(at(number, next));
        }
    }

    /** Returns the position of the first wrong byte, -1 if all are right. The buffer is left as it is. */
    public static long firstWrong(ByteBuffer bytes, int number, long position) {
        for (int i = 0; i < bytes.remaining(); i++) {
            if (bytes.get(bytes.position() + i) != at(number, position + i)) {
                return position + i;
            }
        }
        return -1;
    }

    /**
     * Says what is wrong with bytes at a position of a stream that begins with the number of its connection, null if
     * nothing is. The buffer is left as it is.
     */
    static @Nullable String wrongAt(ByteBuffer bytes, int number, long position) {
        ByteBuffer rest = bytes.duplicate();
        long at = position;
        for (; at < Integer.BYTES && rest.hasRemaining(); at++) {
            if (rest.get() != (byte) (number >>> Byte.SIZE * (Integer.BYTES - 1 - (int) at))) {
                return "got back another number";
            }
        }
        long wrong = firstWrong(rest, number, at - Integer.BYTES);
        return wrong < 0 ? null : "got back a wrong byte at " + wrong;
    }
}
