package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Proves that a recording shows swaps and blocks inside a framework that delegates nothing for it. */
@Timeout(120)
@ExtendWith(LeavesNothing.class)
class JfrIT {
    private static final int CYCLES = 20;
    private static final int CLIENTS = 120; // more than a slice

    private final Loaders loaders = new Loaders();

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeft() {
        assertThat(types()).as("types of events").isEmpty();
        assertThat(loaders.size()).isPositive();
        assertThat(loaders.alive(0)).as("class loaders of the bundle").isZero();
    }

    private static List<EventType> types() {
        return FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .filter(type -> type.getName().startsWith("aio.")).toList();
    }

    private Installed start() throws Exception {
        Installed jfr = Installed.of("aio-policy-jfr");
        jfr.start();
        loaders.add(jfr.classLoader());
        assertThat(types()).hasSize(5);
        return jfr;
    }

    private List<RecordedEvent> events(Recording recording) throws IOException {
        Path file = Files.createTempFile(folder, "recording", ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file);
    }

    /** Returns what the tool of the JDK prints of a recording. */
    private String printed(Recording recording) throws Exception {
        Path file = Files.createTempFile(folder, "printed", ".jfr");
        recording.dump(file);
        Path text = Files.createTempFile(folder, "printed", ".txt");
        Process jfr = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jfr").toString(), "print",
                "--categories", "aio", file.toString()).redirectErrorStream(true).redirectOutput(text.toFile()).start();
        assertThat(jfr.waitFor(60, TimeUnit.SECONDS)).as("jfr print has ended").isTrue();
        return Files.readString(text);
    }

    private static Stream<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream().filter(event -> event.getEventType().getName().equals("aio." + name));
    }

    private static Stream<RecordedEvent> ofShared(List<RecordedEvent> events, String name) {
        return named(events, name).filter(event -> event.getString("loop").equals("shared"));
    }

    @Test
    void aSwap_isRecorded_withBundles_exchange_andSlices() throws Exception {
        try (Installed jfr = start(); Installed win = Installed.winselector();
                EchoServer server = EchoServer.on(Framework.service(EventLoop.class));
                EchoClients clients = EchoClients.connect(server.address(), CLIENTS);
                Recording recording = new Recording()) {
            recording.start();
            win.start();
            clients.awaitProgress();
            Await.until("the loop has followed",
                    () -> ofShared(events(recording), "LoopExchange").findAny().isPresent());
            List<RecordedEvent> events = events(recording);

            RecordedEvent change = named(events, "PolicyChange").findFirst().orElseThrow();
            assertThat(change.getString("from")).isEqualTo("default");
            assertThat(change.getString("to")).isEqualTo("winselector");
            assertThat(change.getString("reason")).isEqualTo("service arrived");
            assertThat(change.getString("cause")).contains("rank 100");
            assertThat(change.getString("actor")).isEqualTo("bundle");
            assertThat(change.getString("who")).contains("aio.policy.winselector");
            assertThat(change.getLong("kept")) // of the loops that have followed within the time of a stop
                    .isBetween(change.getLong("toFollow") == 0 ? CLIENTS : 0L, (long) CLIENTS);
            assertThat(change.getLong("lost")).isZero();
            assertThat(change.getLong("loops")).isPositive();

            RecordedEvent exchange = ofShared(events, "LoopExchange").findFirst().orElseThrow();
            assertThat(exchange.getString("fromBundle")).startsWith(Framework.DEFAULT);
            assertThat(exchange.getString("toBundle")).isEqualTo(win.name());
            assertThat(exchange.getLong("kept")).isEqualTo(CLIENTS);
            assertThat(exchange.getBoolean("returned")).isFalse();

            List<RecordedEvent> slices = ofShared(events, "ExchangeSlice").toList();
            assertThat(slices).hasSizeGreaterThan(1).hasSize((int) exchange.getLong("slices"));
            assertThat(slices.stream().mapToLong(slice -> slice.getLong("channels")).sum())
                    .isGreaterThanOrEqualTo(CLIENTS);
            assertThat(slices).allSatisfy(slice -> {
                assertThat(slice.getString("toBundle")).isEqualTo(win.name());
                assertThat(slice.getDuration("pause"))
                        .isBetween(Duration.ofNanos(1), exchange.getDuration("longestPause"));
            });
            assertThat(printed(recording)).contains("aio.PolicyChange {", "to = \"winselector\"",
                    "aio.LoopExchange {", "loop = \"shared\"", "toBundle = \"" + win.name() + "\"",
                    "aio.ExchangeSlice {");
        }
    }

    @Test
    void aBlockedLoop_isRecorded_withBundleAndStack() throws Exception {
        Blocker blocker = new Blocker();
        try (Installed jfr = start(); LoopThread loop = LoopThread.start(); Recording recording = new Recording();
                AutoCloseable leave = blocker.leave::countDown) { // before the loop is to end
            recording.start();
            loop.call(() -> "a first run"); // which needs time of its own
            loop.loop().callSoonThreadsafe(blocker);
            Await.until("it is recorded while it lasts", () -> ofBlocker(events(recording), "BlockedLoop"));
            assertThat(ofBlocker(events(recording), "SlowCallback")).isFalse();
            blocker.leave.countDown();
            Await.until("it is recorded when it is over", () -> ofBlocker(events(recording), "SlowCallback"));
            RecordedEvent event = named(events(recording), "SlowCallback")
                    .filter(JfrIT::isOfBlocker).findFirst().orElseThrow();
            assertThat(event.getString("loop")).isEqualTo(loop.loop().name());
            assertThat(event.getString("thread")).isEqualTo(loop.thread().getName());
            assertThat(event.getString("bundle")).startsWith("aio.itest [");
            assertThat(event.getString("stack")).contains("CountDownLatch.await", "Blocker.run");
            assertThat(event.getDuration("lasted")).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    private static boolean ofBlocker(List<RecordedEvent> events, String name) {
        return named(events, name).anyMatch(JfrIT::isOfBlocker);
    }

    private static boolean isOfBlocker(RecordedEvent event) {
        return Blocker.class.getName().equals(event.getString("culprit")); // null if it is not known who it was
    }

    @Test
    void itsTypes_comeAndGoWithIt_whileARecordingRuns() throws Exception {
        try (Recording recording = new Recording(); Installed win = Installed.winselector()) {
            recording.start();
            for (int i = 0; i < CYCLES; i++) {
                try (Installed jfr = start()) {
                    win.start();
                    win.stop();
                }
                assertThat(types()).isEmpty();
            }
            assertThat(named(events(recording), "PolicyChange")).hasSize(2 * CYCLES);
        }
    }

    /** Holds up a loop until it may leave. */
    private static final class Blocker implements Runnable {
        final CountDownLatch leave = new CountDownLatch(1);

        @Override
        public void run() {
            try {
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
