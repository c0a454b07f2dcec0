package aio.driver.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * One io_uring: its two queues in memory that the kernel shares. Loop thread only.
 *
 * <p>What the kernel says of its memory is checked when the ring is made; what it says later, when it is read.
 */
final class Ring implements AutoCloseable {
    static final int POLL_ADD = 6;
    static final int ASYNC_CANCEL = 14;
    static final int SEND = 26;
    static final int RECEIVE = 27;

    /** Flags of an operation. */
    static final int SELECTS_BUFFER = 1 << 5;
    static final int SILENT_IF_DONE = 1 << 6;

    /** Flags of a completion. */
    static final int HAS_BUFFER = 1;
    static final int MORE = 1 << 1;
    static final int BUFFER_GOES_ON = 1 << 4;

    /** Flags of a ring. */
    static final int SIZED = 1 << 3 | 1 << 4 | 1 << 7; // CQSIZE, CLAMP, SUBMIT_ALL
    static final int DEFERRED = 1 << 9 | 1 << 12 | 1 << 13; // TASKRUN_FLAG, SINGLE_ISSUER, DEFER_TASKRUN

    private static final int OPERATIONS_OF_A_PORT = 8;
    private static final int PARAMETERS_BYTES = 120;
    private static final int SQE_BYTES = 64;
    private static final int CQE_BYTES = 16;
    private static final long OFFSET_OF_SQES = 0x10000000L;
    private static final int WAIT = 1; // GETEVENTS
    private static final int TIMED = 1 << 3; // EXT_ARG
    private static final int FLAG_OVERFLOWN = 1 << 1;
    private static final int FLAG_WORK = 1 << 2;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    // The positions in the queues. This side writes the tail of submissions and the head of completions by a release,
    // after it has filled or read the entry; it reads the other two by an acquire, before it looks at an entry. The
    // kernel does the reverse, so neither side sees a half-written entry, and neither overwrites one that the other
    // still reads.
    private static final VarHandle INT = JAVA_INT.varHandle();

    private final SystemCalls calls;
    private final Arena arena = Arena.ofShared();
    private final Thread owner = Thread.currentThread();
    private final boolean deferred;
    private final int features;
    private final int descriptor;
    private final MemorySegment queues;
    private final MemorySegment operations;
    private final MemorySegment timeout = arena.allocate(16, 8);
    private final MemorySegment argument = arena.allocate(24, 8);
    private final int entries;
    private final int completions;
    private final long submissionHead;
    private final long submissionTail;
    private final long submissionFlags;
    private final long completionHead;
    private final long completionTail;
    private final long completionEntries;
    private int tail;
    private int head;
    private long current;

    /**
     * Makes a ring.
     *
     * @param flags {@link #SIZED}, and {@link #DEFERRED} if this thread will be the only one to enter it
     * @throws IOException if the kernel refuses it, with the reason
     */
    Ring(SystemCalls calls, int wantedEntries, int wantedCompletions, int flags) throws IOException {
        this.calls = calls;
        this.deferred = (flags & DEFERRED) != 0;
        MemorySegment parameters = arena.allocate(PARAMETERS_BYTES, 8);
        parameters.set(JAVA_INT, 4, wantedCompletions);
        parameters.set(JAVA_INT, 8, flags);
        descriptor = calls.setup(wantedEntries, parameters);
        if (descriptor < 0) {
            arena.close();
            throw Refusal.of(Refusal.SETUP, -descriptor);
        }
        try {
            features = parameters.get(JAVA_INT, 20);
            entries = powerOfTwo("entries to submit", parameters.get(JAVA_INT, 0));
            completions = powerOfTwo("completions", parameters.get(JAVA_INT, 4));
            long array = offset(parameters, 64);
            completionEntries = offset(parameters, 100);
            long bytes = Math.max(array + entries * 4L, completionEntries + (long) completions * CQE_BYTES);
            queues = calls.map("the queues", bytes, descriptor, 0, arena);
            operations = calls.map("the operations", (long) entries * SQE_BYTES, descriptor, OFFSET_OF_SQES, arena);
            submissionHead = within(offset(parameters, 40));
            submissionTail = within(offset(parameters, 44));
            submissionFlags = within(offset(parameters, 56));
            completionHead = within(offset(parameters, 80));
            completionTail = within(offset(parameters, 84));
            for (int i = 0; i < entries; i++) {
                queues.set(JAVA_INT, array + i * 4L, i);
            }
            tail = queues.get(JAVA_INT, submissionTail);
            head = queues.get(JAVA_INT, completionHead);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        argument.set(JAVA_LONG, 16, timeout.address());
    }

    private static int powerOfTwo(String what, int told) throws IOException {
        if (told <= 0 || Integer.bitCount(told) != 1) {
            throw new IOException("io_uring told of a ring with " + told + " " + what + ": expected a power of two");
        }
        return told;
    }

    private static long offset(MemorySegment parameters, long at) {
        return Integer.toUnsignedLong(parameters.get(JAVA_INT, at));
    }

    private long within(long offset) throws IOException {
        if ((offset & 3) != 0 || offset > queues.byteSize() - Integer.BYTES) {
            throw new IOException("io_uring told of a counter at " + offset + " in " + queues.byteSize()
                    + " bytes of queues: expected one inside, at a multiple of 4");
        }
        return offset;
    }

    /** Tells whether the thread may enter it. */
    boolean isOf(Thread thread) {
        return !deferred || owner == thread;
    }

    boolean isDeferred() {
        return deferred;
    }

    boolean has(int feature) {
        return (features & feature) == feature;
    }

    int register(int what, MemorySegment given, int count) {
        return calls.register(descriptor, what, given, count);
    }

    // ---- submitting

    /** Tells whether it lacks room for all that one port may prepare. */
    boolean isFull() {
        return unsubmitted() > entries - OPERATIONS_OF_A_PORT;
    }

    /** Returns how many operations the kernel has not taken yet. */
    int unsubmitted() {
        return tail - (int) INT.getAcquire(queues, submissionHead);
    }

    /** Tells whether the kernel has taken the operation that was prepared at this position. */
    boolean isTaken(int position) {
        return (int) INT.getAcquire(queues, submissionHead) - position > 0;
    }

    /** Returns the position of the next operation. */
    int position() {
        return tail;
    }

    /** Prepares an operation; the ring must not be full. */
    void prepare(int code, int flags, int socket, long address, int length, int special, long user) {
        long at = (long) (tail & entries - 1) * SQE_BYTES;
        operations.set(JAVA_LONG, at, code | (long) flags << 8 | (long) socket << 32);
        operations.set(JAVA_LONG, at + 8, 0);
        operations.set(JAVA_LONG, at + 16, address);
        operations.set(JAVA_LONG, at + 24, length & 0xffffffffL | (long) special << 32);
        operations.set(JAVA_LONG, at + 32, user);
        operations.set(JAVA_LONG, at + 40, 0);
        operations.set(JAVA_LONG, at + 48, 0);
        operations.set(JAVA_LONG, at + 56, 0);
        tail++;
    }

    /** Prepares a receive that repeats by itself, into buffers of group 0. */
    void prepareReceiving(int socket, long user) {
        long at = (long) (tail & entries - 1) * SQE_BYTES;
        prepare(RECEIVE, SELECTS_BUFFER, socket, 0, 0, 0, user);
        operations.set(JAVA_SHORT, at + 2, (short) 2); // RECV_MULTISHOT
    }

    /** Takes back what was prepared and not taken by the kernel. */
    void takeBack() {
        tail = (int) INT.getAcquire(queues, submissionHead);
        INT.setRelease(queues, submissionTail, tail);
    }

    /**
     * Submits what was prepared, and waits for a completion if there is none.
     *
     * @param nanos the longest wait; 0 for none, negative for without limit
     */
    void enter(long nanos) throws IOException {
        INT.setRelease(queues, submissionTail, tail);
        int submit = unsubmitted();
        if (nanos == 0 && submit == 0 && isIdle()) {
            return;
        }
        long start = nanos > 0 ? System.nanoTime() : 0;
        long left = nanos;
        while (true) {
            int answer = left > 0
                    ? enterTimed(submit, left) : calls.enter(descriptor, submit, left < 0 ? 1 : 0, WAIT, 0, 0);
            if (answer < 0 && answer != -Errno.ETIME && answer != -Errno.EINTR) {
                if (answer == -Errno.EBUSY || answer == -Errno.EAGAIN) {
                    return; // completions have to be taken first, or memory is short
                }
                throw Refusal.of("io_uring_enter", -answer);
            }
            if (nanos == 0 || ready() > 0) {
                return;
            }
            if (nanos > 0) {
                left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return;
                }
            }
            submit = unsubmitted();
        }
    }

    private int enterTimed(int submit, long nanos) {
        timeout.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        timeout.set(JAVA_LONG, 8, nanos % NANOS_PER_SECOND);
        return calls.enter(descriptor, submit, 1, WAIT | TIMED, argument.address(), argument.byteSize());
    }

    /** Tells whether the kernel has no work for this thread; only a deferred ring knows. */
    private boolean isIdle() {
        return deferred && (queues.get(JAVA_INT, submissionFlags) & (FLAG_WORK | FLAG_OVERFLOWN)) == 0;
    }

    // ---- completions

    /** Tells whether the kernel holds completions back, because their queue was full. */
    boolean isOverflown() {
        return (queues.get(JAVA_INT, submissionFlags) & FLAG_OVERFLOWN) != 0;
    }

    private int ready() {
        return (int) INT.getAcquire(queues, completionTail) - head;
    }

    /** Advances to the next completion; returns false if there is none. */
    boolean next() throws IOException {
        int ready = ready();
        if (ready == 0) {
            return false;
        }
        if (ready < 0 || ready > completions) {
            throw new IOException("io_uring told of " + ready + " completions in a queue of " + completions);
        }
        current = completionEntries + (long) (head & completions - 1) * CQE_BYTES;
        return true;
    }

    long user() {
        return queues.get(JAVA_LONG, current);
    }

    int result() {
        return queues.get(JAVA_INT, current + 8);
    }

    int flags() {
        return queues.get(JAVA_INT, current + 12);
    }

    /** Gives the place of the completion back to the kernel. */
    void seen() {
        INT.setRelease(queues, completionHead, ++head);
    }

    @Override
    public void close() {
        calls.close(descriptor);
        arena.close();
    }
}
