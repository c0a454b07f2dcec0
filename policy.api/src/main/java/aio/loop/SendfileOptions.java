package aio.loop;

/**
 * What to send of a file, and how: the keyword arguments of asyncio's {@code sendfile}. Immutable; each {@code with…}
 * method returns a changed copy.
 */
public final class SendfileOptions {
    private static final SendfileOptions WHOLE = new SendfileOptions(0, -1, true);

    private final long offset;
    private final long count;
    private final boolean fallback;

    private SendfileOptions(long offset, long count, boolean fallback) {
        this.offset = offset;
        this.count = count;
        this.fallback = fallback;
    }

    /** The whole file, from its start to its end. */
    public static SendfileOptions whole() {
        return WHOLE;
    }

    /**
     * From an offset on.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public SendfileOptions withOffset(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("offset must be a non-negative integer: " + bytes);
        }
        return new SendfileOptions(bytes, count, fallback);
    }

    /**
     * At most that many bytes; unless set, all up to the end of the file.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public SendfileOptions withCount(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("count must be a positive integer: " + bytes);
        }
        return new SendfileOptions(offset, bytes, fallback);
    }

    /**
     * Whether a file that cannot be sent without copying is read on a thread of the core and then written; true unless
     * set.
     */
    public SendfileOptions withFallback(boolean allowed) {
        return new SendfileOptions(offset, count, allowed);
    }

    /** Returns where to start, in bytes. */
    public long offset() {
        return offset;
    }

    /** Returns how many bytes to send at most; -1 for all up to the end. */
    public long count() {
        return count;
    }

    /** Tells whether copying is allowed; true unless set. */
    public boolean fallback() {
        return fallback;
    }
}
