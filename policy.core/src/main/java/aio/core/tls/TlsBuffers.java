package aio.core.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that all TLS connections of a loop use, one after the other, so that an idle connection holds none. They
 * hold several records, so that a read or a write of many is one call. Loop thread.
 *
 * <p>On the heap: the JDK's ciphers work on arrays, and copy other buffers.
 */
final class TlsBuffers {
    private static final int SIZE = 64 * 1024;

    private @Nullable ByteBuffer input;
    private @Nullable ByteBuffer plain;
    private @Nullable ByteBuffer packets;
    private @Nullable TlsBuffers deeper;

    /** Returns the buffers for TLS inside TLS: the outer one is in use while the inner one works. */
    TlsBuffers deeper() {
        TlsBuffers present = deeper;
        if (present == null) {
            present = new TlsBuffers();
            deeper = present;
        }
        return present;
    }

    /** Returns the buffer to receive into, empty, with room after what waits. */
    ByteBuffer input(int waiting) {
        input = atLeast(input, waiting + 1);
        return input.clear();
    }

    /** Returns the buffer to decrypt into, empty, with room for at least one record. */
    ByteBuffer plain(SSLEngine engine) {
        plain = atLeast(plain, engine.getSession().getApplicationBufferSize());
        return plain.clear();
    }

    /** Returns the buffer to encrypt into, empty, with room for at least one record. */
    ByteBuffer packets(SSLEngine engine) {
        packets = atLeast(packets, engine.getSession().getPacketBufferSize());
        return packets.clear();
    }

    private static ByteBuffer atLeast(@Nullable ByteBuffer present, int size) {
        return present != null && present.capacity() >= size ? present : ByteBuffer.allocate(Math.max(SIZE, size));
    }
}
