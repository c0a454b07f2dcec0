package aio.driver.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The calls of the system, and nothing else. Those that can fail return the error number, negated, as the kernel does.
 * Tests replace this class to make them fail.
 *
 * <p>Thread safety: one thread at a time, except for {@link #signal}.
 */
@SuppressWarnings("restricted") // what the JDK restricts is the purpose of this class, and of no other
class SystemCalls {
    /** What a failed call of the library returns; {@link #errno} then has the reason. */
    private static final int FAILED = -1;

    private static final long SETUP = 425; // the same on all architectures that have them
    private static final long ENTER = 426;
    private static final long REGISTER = 427;
    private static final int READ_AND_WRITE = 3;
    private static final int SHARED_AND_POPULATED = 0x8001;
    private static final int PRIVATE_AND_ANONYMOUS = 0x22;
    private static final int CLOSE_ON_EXEC_AND_NON_BLOCKING = 0x80800;
    /** No signal if the peer has left, and never wait. */
    static final int SEND_FLAGS = 0x4040;
    /** Report if not all of it was sent. */
    static final int ALL_OR_TELL = 0x100;

    /** The functions, in a class of their own, so that a refusal by the JDK comes up where it can be reported. */
    private static final class Functions {
        private static final Linker LINKER = Linker.nativeLinker();
        private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
        static final MemoryLayout STATE = Linker.Option.captureStateLayout();
        static final MethodHandle SYSCALL = LINKER.downcallHandle(LINKER.defaultLookup().find("syscall").orElseThrow(),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                        JAVA_LONG), ERRNO, Linker.Option.firstVariadicArg(1));
        static final MethodHandle MMAP = find("mmap", FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
        static final MethodHandle MUNMAP = find("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
        static final MethodHandle SEND = find("send",
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
        static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        static final MethodHandle EVENTFD = find("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        /** From any thread, so it has no place for its error number; it cannot fail while the descriptor is open. */
        static final MethodHandle SIGNAL = LINKER.downcallHandle(
                LINKER.defaultLookup().find("eventfd_write").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));

        private Functions() {}

        private static MethodHandle find(String name, FunctionDescriptor types) {
            return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), types, ERRNO);
        }
    }

    private final MemorySegment state;

    /** Makes the calls of one driver; the arena outlives them. */
    SystemCalls(Arena arena) {
        state = arena.allocate(Functions.STATE);
    }

    /** Makes a ring. Returns its descriptor. */
    int setup(int entries, MemorySegment parameters) {
        return syscall(SETUP, entries, parameters.address(), 0, 0, 0, 0);
    }

    /** Submits and waits. Returns how many were submitted. */
    int enter(int ring, int submit, int await, int flags, long argument, long size) {
        return syscall(ENTER, ring, submit, await, flags, argument, size);
    }

    /** Registers something with a ring. */
    int register(int ring, int what, MemorySegment argument, int count) {
        return syscall(REGISTER, ring, what, argument.address(), count, 0, 0);
    }

    private int syscall(long number, long a, long b, long c, long d, long e, long f) {
        try {
            return result((long) Functions.SYSCALL.invokeExact(state, number, a, b, c, d, e, f));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /**
     * Maps memory, for as long as the arena lives: that of a ring, or fresh memory if {@code ring} is negative, of
     * which the system sets aside only what is touched.
     */
    MemorySegment map(String what, long bytes, int ring, long offset, Arena arena) throws IOException {
        long address;
        try {
            address = (long) Functions.MMAP.invokeExact(state, 0L, bytes, READ_AND_WRITE,
                    ring < 0 ? PRIVATE_AND_ANONYMOUS : SHARED_AND_POPULATED, ring, offset);
        } catch (Throwable t) {
            throw unexpected(t);
        }
        if (address == FAILED) {
            throw Refusal.of("mmap of " + bytes + " bytes for " + what, errno());
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes, arena, SystemCalls::unmap);
    }

    private static void unmap(MemorySegment mapped) {
        try (Arena own = Arena.ofConfined()) { // an arena may be closed by another thread than the driver's
            int ignored = (int) Functions.MUNMAP.invokeExact(
                    own.allocate(Functions.STATE), mapped.address(), mapped.byteSize());
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Sends what the kernel takes. Returns how many bytes. */
    int send(int socket, MemorySegment from, long offset, int length) {
        try {
            return result((long) Functions.SEND.invokeExact(
                    state, socket, from.asSlice(offset, length).address(), (long) length, SEND_FLAGS));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Makes a descriptor that one thread signals and a ring waits for. Returns it. */
    int eventDescriptor() {
        try {
            return result((int) Functions.EVENTFD.invokeExact(state, 0, CLOSE_ON_EXEC_AND_NON_BLOCKING));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Signals such a descriptor. Any thread; the caller makes sure that it is open. */
    static void signal(int eventDescriptor) {
        try {
            int ignored = (int) Functions.SIGNAL.invokeExact(eventDescriptor, 1L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Closes a descriptor of the driver's own; never that of a channel. */
    int close(int descriptor) {
        try {
            return result((int) Functions.CLOSE.invokeExact(state, descriptor));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private int result(long answer) {
        return answer == FAILED ? -errno() : (int) answer;
    }

    private int errno() {
        return state.get(JAVA_INT, 0);
    }

    /** The functions throw nothing, so this is a fault of the JVM. */
    private static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException fault ? fault : new IllegalStateException(thrown);
    }
}
