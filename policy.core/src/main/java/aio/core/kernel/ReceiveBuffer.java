package aio.core.kernel;

import aio.core.foreign.CoreLog;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The buffer that all connections of a loop receive into, one after the other. It grows when reads fill it: for
 * messages of 100 KiB a buffer of 64 KiB costs 20 to 50 %. Loop thread.
 */
public final class ReceiveBuffer {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final int INITIAL = 64 * 1024;
    private static final int LARGEST = 256 * 1024; // asyncio's max_size of a read

    private @Nullable ByteBuffer buffer;
    private boolean grows = true;

    ReceiveBuffer() {}

    /** Returns the buffer, empty. */
    public ByteBuffer cleared() {
        ByteBuffer present = buffer;
        if (present == null) {
            present = ByteBuffer.allocateDirect(INITIAL);
            buffer = present;
        }
        return present.clear();
    }

    /** Notes how much a read brought. */
    public void filled(int count) {
        ByteBuffer present = buffer;
        if (present != null && count == present.capacity() && count < LARGEST && grows) {
            try {
                buffer = ByteBuffer.allocateDirect(Math.min(LARGEST, count * 2));
            } catch (OutOfMemoryError e) {
                grows = false; // the smaller one is good enough
                LOG.log(Level.DEBUG, "the buffer to receive into stays at " + count + " bytes", e);
            }
        }
    }
}
