package aio.driver.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import aio.driver.uring.ScriptedCalls.Completion;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.StreamPort;
import aio.testkit.spi.DriverFixture;
import aio.testkit.spi.Pair;
import aio.testkit.spi.RecordingEvents;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a kernel that is short of something, or gives impossible values, does to the driver: no byte, no memory is lost.
 */
class FaultsTest extends DriverFixture {
    private ScriptedCalls calls;
    private boolean tiny;
    private final RecordingEvents events = recorder();

    @Override
    protected IoDriverFactory factory() {
        return ScriptedCalls.factory(this::make);
    }

    private ScriptedCalls make(Arena arena) {
        calls = new ScriptedCalls(arena) {
            @Override
            int setup(int entries, MemorySegment parameters) {
                if (tiny) {
                    parameters.set(JAVA_INT, 4, 16);
                    return super.setup(8, parameters);
                }
                return super.setup(entries, parameters);
            }
        };
        return calls;
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }

    private Pair stream() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        driver.poll(0);
        return pair;
    }

    private void assertBroken(Completion lie, String... parts) throws IOException {
        Pair pair = stream();
        calls.lie(lie);
        pair.send("x");
        assertThatThrownBy(() -> driver.poll(-1)).isInstanceOf(IOException.class).message().contains(parts);
        assertThat(events.log()).isEmpty();
        driver.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0x7777, 0x10000000L, 0x5_0000_0000L, 0xfffffff, -3, Long.MIN_VALUE})
    void corruptedCompletion_ofAnUnknownOperation_isRefused(long user) throws IOException {
        assertBroken(new Completion(user, null, null), "io_uring told of operation 0x" + Long.toHexString(user));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 256 * 1024 + 1})
    void corruptedCompletion_withMoreBytesThanABufferHolds_isRefused(int length) throws IOException {
        assertBroken(new Completion(null, length, Ring.HAS_BUFFER | Ring.MORE),
                "io_uring told of " + length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7fff0003, 0xffff0003, 0x00100003, 0x00000002})
    void corruptedCompletion_ofABufferThatItWasNotGiven_isRefused(int flags) throws IOException {
        assertBroken(new Completion(null, 1, flags), "which no buffer can hold");
    }

    @Test
    void corruptedCounter_isRefused() throws IOException {
        stream();
        calls.runAway();
        assertThatThrownBy(() -> driver.poll(-1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("completions in a queue of");
        driver.close();
    }

    @Test
    void corruptedOffset_isRefused() {
        assertThatThrownBy(() -> ScriptedCalls.factory(arena -> new ScriptedCalls(arena) {
            @Override
            int setup(int entries, MemorySegment parameters) {
                int ring = super.setup(entries, parameters);
                parameters.set(JAVA_INT, 44, 1 << 30);
                return ring;
            }
        }).open(() -> "test")).isInstanceOf(IOException.class).hasMessageContaining("told of a counter at 1073741824");
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EINTR, Errno.EAGAIN, Errno.EBUSY})
    void enterThatFailsForAMoment_isMadeAgain(int errno) throws IOException {
        Pair pair = stream();
        pair.send("abc");
        calls.failEnters(50, errno);
        turnUntil(() -> events.received() == 3);
        assertThat(calls.failed()).isEqualTo(50);
    }

    @Test
    void interruptedWait_waitsOn() throws IOException {
        stream();
        calls.failEnters(3, Errno.EINTR);
        assertPollWaits();
    }

    @Test
    void enterThatFailsForGood_isTheDriversFault_andSaysSo() throws IOException {
        stream();
        calls.failEnters(1, 9);
        assertThatThrownBy(() -> driver.poll(-1)).hasMessageStartingWith("io_uring_enter returned EBADF on Linux ");
        assertThat(driver.poll(0)).isZero();
    }

    @Test
    void operationsThatAreNotTaken_breakTheDriver_andWhatWasToBeSentComesBack() throws IOException {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        driver.poll(0);
        assertThat(port.write(Pair.bytes("hello"))).isEqualTo(5);
        calls.failEnters(2000, Errno.EAGAIN);
        assertThatThrownBy(() -> driver.poll(0)).hasMessageContaining("io_uring does not take");
        calls.failEnters(0, 0);
        port.release();
        assertThat(five(pair)).isEqualTo("hello");
    }

    private static String five(Pair pair) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(5);
        while (read.hasRemaining()) {
            pair.peer().read(read);
        }
        return new String(read.array());
    }

    @Test
    void fullQueueOfCompletions_losesNone() throws IOException {
        tiny = true;
        IoDriver small = open("small");
        List<Pair> pairs = new ArrayList<>();
        List<RecordingEvents> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Pair pair = closing(Pair.tcp());
            RecordingEvents each = recorder();
            small.adopt(pair.ours(), each).resumeReading();
            pairs.add(pair);
            all.add(each);
        }
        small.poll(0);
        for (Pair pair : pairs) {
            pair.send("x");
        }
        turnUntil(small, () -> all.stream().allMatch(each -> each.received() == 1));
    }

    @Test
    void moreThanTheRingHolds_inOneTurn_isAllSent() throws IOException {
        tiny = true;
        IoDriver small = open("small");
        List<Pair> pairs = new ArrayList<>();
        List<StreamPort> ports = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Pair pair = closing(Pair.tcp());
            ports.add(small.adopt(pair.ours(), recorder()));
            pairs.add(pair);
        }
        small.poll(0);
        for (StreamPort port : ports) {
            assertThat(port.write(Pair.bytes("hello"))).isEqualTo(5);
        }
        small.poll(0);
        for (Pair pair : pairs) {
            assertThat(five(pair)).isEqualTo("hello");
        }
    }

    @Test
    void buffersUsedUp_streamsReadInstead_andEverythingArrives() throws IOException {
        String megabyte = "0123456789abcdef".repeat(1 << 16);
        List<Thread> senders = new ArrayList<>();
        List<RecordingEvents> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Pair pair = closing(Pair.tcp());
            RecordingEvents each = recorder();
            driver.adopt(pair.ours(), each).resumeReading();
            all.add(each);
            Thread sender = new Thread(() -> send(pair, megabyte));
            sender.start();
            senders.add(sender);
        }
        for (int polls = 0; polls < 200; polls++) {
            driver.poll(SHORT / 10); // nothing is delivered, so nothing comes back
        }
        turnUntil(() -> all.stream().allMatch(each -> each.received() == megabyte.length()));
        for (RecordingEvents each : all) {
            assertThat(each.text().equals(megabyte)).isTrue();
        }
    }

    private static void send(Pair pair, String text) {
        try {
            pair.send(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closedWhileItReceives_keepsItsNumberUntilTheRelease() throws Exception {
        Pair pair = closing(Pair.tcp());
        StreamPort port = driver.adopt(pair.ours(), events);
        port.resumeReading();
        driver.poll(0);
        String link = linkOf(pair);
        pair.ours().close();
        assertThat(pair.peer().read(ByteBuffer.allocate(1))).as("the peer is told at once").isEqualTo(-1);
        assertThat(sockets()).contains(link);
        port.release();
        driver.poll(0);
        assertThat(sockets()).doesNotContain(link);
    }

    private static String linkOf(Pair pair) throws IOException {
        List<String> before = sockets();
        try (Descriptors descriptors = new Descriptors("probe", false)) {
            int number = descriptors.of(descriptors.pin(pair.ours()));
            String link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
            assertThat(before).contains(link);
            return link;
        }
    }

    private static List<String> sockets() throws IOException {
        List<String> links = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path each : all.toList()) {
                try {
                    links.add(Files.readSymbolicLink(each).toString());
                } catch (NoSuchFileException gone) {
                    continue;
                }
            }
        }
        return links;
    }

    @Test
    void stoppedAndContinued_waitsOnAndReceives() throws Exception {
        Pair pair = stream();
        long self = ProcessHandle.current().pid();
        String script = "kill -STOP " + self + "; sleep 0.2; kill -CONT " + self;
        Process shell = new ProcessBuilder("sh", "-c", script).start();
        assumeThat(shell.isAlive() || shell.exitValue() == 0).isTrue();
        while (shell.isAlive()) {
            turn();
        }
        pair.send("still here");
        turnUntil(() -> events.received() == 10);
    }

    @Test
    void childrenAreStarted_whileTheRingIsOpen() throws Exception {
        Pair pair = stream();
        for (int i = 1; i <= 20; i++) {
            Process child = new ProcessBuilder("true").start();
            pair.send("x");
            int expected = i;
            turnUntil(() -> events.received() == expected);
            assertThat(child.waitFor()).isZero();
        }
    }

    @Test
    void virtualThread_runsTheDriver() throws Exception {
        Pair pair = closing(Pair.tcp());
        List<Throwable> failures = new ArrayList<>();
        Thread runner = Thread.ofVirtual().start(() -> {
            try {
                driver.adopt(pair.ours(), events).resumeReading();
                for (int i = 1; i <= 200; i++) {
                    pair.send("x");
                    int expected = i;
                    turnUntil(() -> events.received() == expected);
                    Thread.yield();
                }
            } catch (IOException | RuntimeException | Error e) {
                failures.add(e);
            }
        });
        runner.join();
        assertThat(failures).isEmpty();
        assertThat(events.received()).isEqualTo(200);
    }

    @Test
    void aThousandLives_leaveNoDescriptorAndNoMapping() throws IOException {
        Pair pair = closing(Pair.tcp());
        for (int i = 0; i < 50; i++) {
            life(pair);
        }
        long descriptors = sockets().size();
        long mappings = mappings();
        for (int i = 0; i < 1000; i++) {
            life(pair);
        }
        assertThat(sockets()).hasSizeLessThanOrEqualTo((int) descriptors);
        assertThat(mappings()).isLessThan(mappings + 20); // those of the JVM
    }

    private void life(Pair pair) throws IOException {
        RecordingEvents own = recorder();
        IoDriver each = factory().open(() -> "life");
        StreamPort port = each.adopt(pair.ours(), own);
        port.resumeReading();
        pair.send("ping");
        turnUntil(each, () -> own.received() == 4);
        port.write(Pair.bytes("pong"));
        port.release();
        each.close();
        ByteBuffer answer = ByteBuffer.allocate(4);
        while (answer.hasRemaining()) {
            pair.peer().read(answer);
        }
    }

    private static long mappings() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.count();
        }
    }
}
