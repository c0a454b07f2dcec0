package aio.driver.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import aio.spi.IoDriver;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that opens drivers where the system itself refuses, as the seccomp profile of a container does, and prints
 * the refusal.
 */
final class Forbidden {
    private static final int NO_NEW_PRIVILEGES = 38;
    private static final int FILTER = 1;
    private static final int ALL_THREADS = 1;
    private static final int ANSWER = 0x50000;
    private static final int ALLOW = 0x7fff0000;

    private Forbidden() {}

    /** Arguments: {@code forbid CALL ERRNO}, or {@code drivers COUNT}. */
    public static void main(String[] args) throws Throwable {
        if (args[0].equals("forbid")) {
            forbid(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            print(open(1));
        } else {
            print(open(Integer.parseInt(args[1])));
        }
    }

    private static String open(int count) {
        List<IoDriver> open = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                IoDriver driver = new UringDriverFactory().open(() -> "test");
                open.add(driver);
                driver.wakeup();
                driver.poll(-1);
            }
            return "works";
        } catch (IOException e) {
            return open.size() + " opened, then " + e.getMessage();
        } finally {
            open.forEach(Forbidden::close);
        }
    }

    private static void close(IoDriver driver) {
        try {
            driver.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void print(String text) throws IOException {
        System.out.write((text + "\n").getBytes());
        System.out.flush();
    }

    /** Makes the system return an error for one of its calls, in all threads, from now on. */
    private static void forbid(int call, int errno) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle prctl = linker.downcallHandle(linker.defaultLookup().find("prctl").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        MethodHandle syscall = linker.downcallHandle(linker.defaultLookup().find("syscall").orElseThrow(),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment filter = arena.allocate(4 * 8, 8);
            instruction(filter, 0, 0x20, 0, 0); // the number of the call
            instruction(filter, 1, 0x15, 1, call); // if it is another one, skip one
            instruction(filter, 2, 0x06, 0, ANSWER | errno);
            instruction(filter, 3, 0x06, 0, ALLOW);
            MemorySegment program = arena.allocate(16, 8);
            program.set(JAVA_SHORT, 0, (short) 4);
            program.set(JAVA_LONG, 8, filter.address());
            int privileges = (int) prctl.invokeExact(NO_NEW_PRIVILEGES, 1L, 0L, 0L, 0L);
            long number = System.getProperty("os.arch").equals("aarch64") ? 277 : 317;
            long answer = (long) syscall.invokeExact(number, (long) FILTER, (long) ALL_THREADS, program.address());
            if (privileges != 0 || answer != 0) {
                throw new IOException("no filter: " + privileges + ", " + answer);
            }
        }
    }

    private static void instruction(MemorySegment filter, int index, int code, int skipIfNot, int operand) {
        filter.set(JAVA_SHORT, index * 8L, (short) code);
        filter.set(JAVA_SHORT, index * 8L + 2, (short) (skipIfNot << 8));
        filter.set(JAVA_INT, index * 8L + 4, operand);
    }
}
