package aio.example.echo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into HTTP requests, however it arrives: several in one buffer, or one in many. Bodies are
 * skipped. Confined to one thread.
 */
final class RequestParser {
    /** Enough for any request line with headers. */
    static final int MAX_HEAD_BYTES = 16 * 1024;

    private static final int FIRST_HEAD_BYTES = 512;

    private byte[] head = new byte[FIRST_HEAD_BYTES];
    private int length;
    private int lineStart;
    private long bodyLeft;

    /**
     * Takes bytes, up to the end of the next request's head and no more.
     *
     * @return the request, or null if more bytes are needed; then all of {@code data} was taken
     * @throws BadRequestException if it is not a request; the bytes after it then mean nothing
     */
    @Nullable Request next(ByteBuffer data) throws BadRequestException {
        skipBody(data);
        while (data.hasRemaining() && bodyLeft == 0) {
            if (take(data.get())) {
                HeadParser parsed = HeadParser.parse(new String(head, 0, length, StandardCharsets.ISO_8859_1));
                bodyLeft = parsed.bodyLength();
                length = 0;
                return parsed.request();
            }
        }
        return null;
    }

    private void skipBody(ByteBuffer data) {
        int skipped = (int) Math.min(bodyLeft, data.remaining());
        data.position(data.position() + skipped);
        bodyLeft -= skipped;
    }

    /** Takes a byte of the head; returns whether it was the last one: the end of an empty line. */
    private boolean take(byte b) throws BadRequestException {
        if (b != '\n') {
            add(b);
            return false;
        }
        if (length > lineStart && head[length - 1] == '\r') {
            length--;
        }
        if (length > lineStart) {
            add(b);
            lineStart = length;
            return false;
        }
        // an empty line before a request is left over from a careless client
        boolean complete = lineStart > 0;
        lineStart = 0;
        return complete;
    }

    private void add(byte b) throws BadRequestException {
        if (length == MAX_HEAD_BYTES) {
            throw new BadRequestException(431, "the head is longer than " + MAX_HEAD_BYTES + " bytes");
        }
        if (length == head.length) {
            head = Arrays.copyOf(head, Math.min(MAX_HEAD_BYTES, length * 2));
        }
        head[length++] = b;
    }
}
