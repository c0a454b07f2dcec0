package aio.driver.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a system refuses is recognised, and the driver says what to do. */
@Timeout(20)
class RefusalTest {

    private static IoDriverFactory settingUpAnswers(int errno, int flagsThatItIsAbout) {
        return ScriptedCalls.factory(arena -> new ScriptedCalls(arena) {
            @Override
            int setup(int entries, MemorySegment parameters) {
                boolean meant = (parameters.get(JAVA_INT, 8) & flagsThatItIsAbout) == flagsThatItIsAbout;
                return meant ? -errno : super.setup(entries, parameters);
            }
        });
    }

    private static void assertRefused(IoDriverFactory factory, String... parts) throws IOException {
        assertRefusal(factory, parts); // the JVM opens files for what it has not loaded yet
        Held before = Held.now();
        assertRefusal(factory, parts);
        assertThat(Held.now()).isEqualTo(before);
    }

    private static void assertRefusal(IoDriverFactory factory, String... parts) {
        assertThatThrownBy(() -> factory.open(() -> "test"))
                .isInstanceOf(IOException.class)
                .message().contains(parts).contains("Linux");
    }

    /** What this process holds that a driver could have left. */
    private record Held(long descriptors, List<String> mappings) {

        static Held now() throws IOException {
            try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
                return new Held(count("/proc/self/fd"), maps.filter(Held::isOfADriver).toList());
            }
        }

        /** Tells whether a line is a ring, or the memory of a driver, which is mapped by the megabyte. */
        private static boolean isOfADriver(String line) {
            String[] range = line.substring(0, line.indexOf(' ')).split("-");
            long bytes = Long.parseUnsignedLong(range[1], 16) - Long.parseUnsignedLong(range[0], 16);
            return line.contains("[io_uring]") || line.endsWith(" 0 ") && bytes == 16 << 20;
        }
    }

    private static long count(String directory) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(directory))) {
            return entries.count();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, EPERM, kernel.io_uring_disabled is, seccomp",
        "13, EACCES, kernel.io_uring_disabled is, sysctl",
        "38, ENOSYS, has no io_uring, Linux 5.15 or later",
        "12, ENOMEM, Max locked memory, ulimit -l",
        "24, EMFILE, Max open files, ulimit -n",
        "23, ENFILE, Max open files, LimitNOFILE",
        "22, EINVAL, does not know what is asked for, use another policy",
        "99, errno 99, io_uring_setup is needed, use another policy",
    })
    void noRing_saysWhatWasTriedAndAnswered_andWhatToDo(int errno, String name, String why, String what)
            throws IOException {
        assertRefused(settingUpAnswers(errno, 0), "io_uring_setup returned " + name + " on Linux ", why, what);
    }

    @Test
    void noDeferredRing_anOlderKernel_isDoneWithout() throws IOException {
        IoDriver driver = settingUpAnswers(Errno.EINVAL, Ring.DEFERRED).open(() -> "test");
        driver.wakeup();
        assertThat(driver.poll(-1)).isZero();
        driver.close();
    }

    private static IoDriverFactory withoutOperation(int operation) {
        return ScriptedCalls.factory(arena -> new ScriptedCalls(arena) {
            @Override
            int register(int ring, int what, MemorySegment argument, int count) {
                int answer = super.register(ring, what, argument, count);
                if (what == 8) { // the probe
                    argument.set(JAVA_SHORT, 16 + operation * 8L + 2, (short) 0);
                }
                return answer;
            }
        });
    }

    @Test
    void missingOperation_isNamed() throws IOException {
        assertRefused(withoutOperation(Ring.POLL_ADD), "has no IORING_OP_POLL_ADD", "use another policy");
        assertRefused(withoutOperation(Ring.ASYNC_CANCEL), "has no IORING_OP_ASYNC_CANCEL");
    }

    @Test
    void operationsThatCanBeDoneWithout_are() throws IOException {
        for (int operation : new int[] {Ring.SEND, Ring.RECEIVE}) {
            IoDriver driver = withoutOperation(operation).open(() -> "test");
            assertThat(driver.poll(0)).isZero();
            driver.close();
        }
    }

    private static IoDriverFactory registeringAnswers(int registration, int errno) {
        return ScriptedCalls.factory(arena -> new ScriptedCalls(arena) {
            @Override
            int register(int ring, int what, MemorySegment argument, int count) {
                return what == registration ? -errno : super.register(ring, what, argument, count);
            }
        });
    }

    @Test
    void noProbe_isTold() throws IOException {
        assertRefused(registeringAnswers(8, Errno.EINVAL), "IORING_REGISTER_PROBE returned EINVAL");
    }

    @Test
    void noBuffers_streamsRead() throws IOException {
        try (Arena arena = Arena.ofShared()) {
            SystemCalls calls = new ScriptedCalls(arena) {
                @Override
                int register(int ring, int what, MemorySegment argument, int count) {
                    return what == 22 ? -Errno.ENOMEM : super.register(ring, what, argument, count);
                }
            };
            assertThat(Abilities.ask(calls).receiving()).isEqualTo(Abilities.Receiving.BY_POLL);
        }
    }

    @Test
    void noMemory_isTold() throws IOException {
        assertRefused(ScriptedCalls.factory(arena -> new ScriptedCalls(arena) {
            @Override
            MemorySegment map(String what, long bytes, int ring, long offset, Arena within) throws IOException {
                if (what.equals("what is to send")) {
                    throw Refusal.of("mmap of " + bytes + " bytes for " + what, Errno.ENOMEM);
                }
                return super.map(what, bytes, ring, offset, within);
            }
        }), "mmap of 21561344 bytes for what is to send returned ENOMEM", "Max locked memory");
    }

    @Test
    void noEventDescriptor_isTold() throws IOException {
        assertRefused(ScriptedCalls.factory(arena -> new ScriptedCalls(arena) {
            @Override
            int eventDescriptor() {
                return -Errno.EMFILE;
            }
        }), "eventfd returned EMFILE", "Max open files");
    }

    @Test
    void wrongSystem_isTold() {
        String before = System.getProperty("os.name");
        System.setProperty("os.name", "Mac OS X");
        try {
            assertThatThrownBy(() -> new UringDriverFactory().open(() -> "test"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("io_uring is a part of Linux, and this is \"Mac OS X\": use another policy");
        } finally {
            System.setProperty("os.name", before);
        }
    }

    @Test
    void probing_isQuick_andLeavesNothing() throws IOException {
        new UringDriverFactory().open(() -> "first").close();
        Held before = Held.now();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            new UringDriverFactory().open(() -> "test").close();
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(best).isLessThan(50_000_000);
        assertThat(Held.now()).isEqualTo(before);
    }
}
