package aio.driver.uring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * What the io_uring of this system can do, found by asking it.
 *
 * @param deferred completions are made only when the loop's thread asks for them (Linux 6.1)
 * @param silentSends operations that succeed need no completion (5.17), so that the sends of a turn cost none
 * @param receiving how streams receive
 */
record Abilities(boolean deferred, boolean silentSends, Receiving receiving) {

    /** How streams receive. */
    enum Receiving {
        /** They ask when there is something, and then read it. */
        BY_POLL,
        /** The kernel puts it into buffers, each used once (6.0). */
        INTO_BUFFERS,
        /** The kernel puts it into buffers, each used until it is full (6.12). */
        INTO_SHARED_BUFFERS
    }

    private static final int REGISTER_PROBE = 8;
    private static final int PROBE_HEAD = 16;
    private static final int PROBE_ENTRY = 8;
    private static final int PROBED = 64;
    private static final int SUPPORTED = 1;
    private static final int FEATURE_NO_DROP = 1 << 1;
    private static final int FEATURE_TIMED_WAIT = 1 << 8;
    private static final int FEATURE_SILENT = 1 << 11;

    /**
     * Asks the system, and leaves nothing behind.
     *
     * @throws IOException if the system cannot serve a loop, with the reason
     */
    static Abilities ask(SystemCalls calls) throws IOException {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IOException("the io_uring driver expects a little-endian machine: use another policy");
        }
        try (Ring ring = open(calls); Arena arena = Arena.ofConfined()) {
            need(ring, FEATURE_NO_DROP, "IORING_FEAT_NODROP");
            need(ring, FEATURE_TIMED_WAIT, "IORING_FEAT_EXT_ARG");
            boolean[] supported = operations(ring, arena);
            need(supported, Ring.POLL_ADD, "IORING_OP_POLL_ADD");
            need(supported, Ring.ASYNC_CANCEL, "IORING_OP_ASYNC_CANCEL");
            // multishot receives came with the kernel before the one that defers
            Receiving receiving = ring.isDeferred() && supported[Ring.RECEIVE]
                    ? ReceiveBuffers.ask(ring, arena) : Receiving.BY_POLL;
            return new Abilities(ring.isDeferred(), ring.has(FEATURE_SILENT) && supported[Ring.SEND], receiving);
        }
    }

    private static Ring open(SystemCalls calls) throws IOException {
        try {
            return new Ring(calls, 8, 64, Ring.SIZED | Ring.DEFERRED);
        } catch (IOException newerThanTheKernel) {
            try {
                return new Ring(calls, 8, 64, Ring.SIZED);
            } catch (IOException e) {
                e.addSuppressed(newerThanTheKernel);
                throw e;
            }
        }
    }

    private static void need(Ring ring, int feature, String name) throws IOException {
        if (!ring.has(feature)) {
            throw lacks(name);
        }
    }

    private static void need(boolean[] supported, int operation, String name) throws IOException {
        if (!supported[operation]) {
            throw lacks(name);
        }
    }

    private static IOException lacks(String name) {
        return new IOException("the io_uring of Linux " + System.getProperty("os.version") + " has no " + name
                + ": Linux 5.15 or later is expected; use another policy");
    }

    private static boolean[] operations(Ring ring, Arena arena) throws IOException {
        MemorySegment probe = arena.allocate(PROBE_HEAD + PROBED * PROBE_ENTRY, 8);
        int answer = ring.register(REGISTER_PROBE, probe, PROBED);
        if (answer < 0) {
            throw Refusal.of("IORING_REGISTER_PROBE", -answer);
        }
        boolean[] supported = new boolean[PROBED];
        int told = Math.min(PROBED, Byte.toUnsignedInt(probe.get(JAVA_BYTE, 1)));
        for (int i = 0; i < told; i++) {
            supported[i] = (probe.get(JAVA_SHORT, PROBE_HEAD + (long) i * PROBE_ENTRY + 2) & SUPPORTED) != 0;
        }
        return supported;
    }
}
