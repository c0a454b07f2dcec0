package aio.example.echo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into HTTP requests, however it arrives: several in one buffer, or one in many. Bodies are skipped.
 * Confined to one thread.
 */
final class RequestParser {
    /** Nobody needs more for a request line with headers. */
    static final int MAX_HEAD_BYTES = 16 * 1024;

    private static final int FIRST_HEAD_BYTES = 512;

    private byte[] head = new byte[FIRST_HEAD_BYTES];
    private int length;
    private int lineLength;
    private long bodyLeft;

    /**
     * Takes bytes, up to the end of the next request's head and no more.
     *
     * @return the request, or null if more bytes are needed; then all of {@code data} was taken
     * @throws BadRequestException if it is none; nothing that follows makes sense then
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

    /** Takes a byte of the head; answers whether it was the last one: the end of an empty line. */
    private boolean take(byte b) throws BadRequestException {
        if (b == '\r') {
            add(b);
            return false;
        }
        if (b != '\n') {
            lineLength++;
            add(b);
            return false;
        }
        boolean empty = lineLength == 0;
        lineLength = 0;
        if (!empty) {
            add(b);
            return false;
        }
        boolean before = hasLine();
        if (!before) {
            // an empty line before a request is left over from a careless client
            length = 0;
        }
        return before;
    }

    private boolean hasLine() {
        for (int i = 0; i < length; i++) {
            if (head[i] == '\n') {
                return true;
            }
        }
        return false;
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
