package aio.testkit.net;

/**
 * An endless stream of bytes in which every byte follows from a seed and its position, so that a lost, doubled or moved
 * byte is found. Any thread.
 */
public final class BytePattern {
    private final int seed;

    /** Makes the stream of a seed. */
    public BytePattern(int seed) {
        this.seed = seed;
    }

    /** Returns one byte. */
    public byte at(long index) {
        long mixed = (index + 1) * 0x9E3779B97F4A7C15L + seed * 0xC2B2AE3D27D4EB4FL;
        return (byte) (mixed >>> 56);
    }

    /** Returns {@code count} bytes from {@code start}. */
    public byte[] bytes(long start, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = at(start + i);
        }
        return bytes;
    }

    /**
     * Checks bytes of a stream.
     *
     * @throws AssertionError at the first byte that differs
     */
    public void check(long start, byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != at(start + i)) {
                throw new AssertionError("byte " + (start + i) + " of pattern " + seed + " is " + bytes[i]
                        + ", expected " + at(start + i));
            }
        }
    }
}
