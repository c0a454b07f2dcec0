package aio.bench.echo.load;

import java.nio.ByteBuffer;

/** The bytes of a request: its number at both ends, and between them the same in all requests. */
final class Payload {
    private static final int NUMBER = Long.BYTES;

    private final ByteBuffer bytes;
    private final int size;

    /** Makes the one buffer that all connections share. */
    Payload(int size, boolean direct) {
        if (size < 2 * NUMBER) {
            throw new IllegalArgumentException("a request of " + size + " bytes is too small: expected at least "
                    + 2 * NUMBER + ", for a number at both ends");
        }
        this.size = size;
        bytes = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        for (int i = 0; i < size; i++) {
            bytes.put(i, (byte) i);
        }
    }

    int size() {
        return size;
    }

    /** Returns the request of a number from an offset on, valid until the next call. */
    ByteBuffer of(long number, int offset) {
        bytes.putLong(0, number);
        bytes.putLong(size - NUMBER, number);
        return bytes.clear().position(offset);
    }

    /**
     * Tells whether the first bytes of a buffer are those of the request of a number at an offset, as far as numbers
     * tell.
     */
    boolean matches(ByteBuffer in, int count, int offset, long number) {
        return offset + count <= size
                && isNumber(in, count, -offset, number)
                && isNumber(in, count, size - NUMBER - offset, number);
    }

    /**
     * The place of the number may be before the buffer, after it, or only partly in it: then the number comes in
     * pieces.
     */
    private static boolean isNumber(ByteBuffer in, int count, int place, long number) {
        if (place >= 0 && place + NUMBER <= count) {
            return in.getLong(place) == number;
        }
        for (int i = Math.max(0, -place); i < NUMBER && place + i < count; i++) {
            if (in.get(place + i) != (byte) (number >>> 8 * (NUMBER - 1 - i))) {
                return false;
            }
        }
        return true;
    }
}
