package aio.policy.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.driver.proactor.ProactorDriverFactory;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.LoopFactory;
import aio.transport.StreamProtocol;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recording shows of changes, exchanges and blocks. */
@Timeout(120)
class RecorderTest {
    private static final int CLIENTS = 3;
    private static final Path DOCS = Path.of(System.getProperty("basedir", "")).toAbsolutePath()
            .resolveSibling("docs");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `aio\\.([A-Za-z]+)` \\|.*\\| ([^|]*) \\|$");
    private static final Pattern QUOTED = Pattern.compile("`([A-Za-z]+)`");

    @TempDir
    private Path folder;

    private final EventLoop loop = EventLoops.newEventLoop(LoopOptions.defaults().withName("recorded"));
    private final Thread thread = new Thread(loop::runForever, "runner");
    private final List<Socket> clients = new ArrayList<>();
    private Recorder recorder;
    private Server server;

    /** A policy with another engine. */
    private static final class Other extends AbstractEventLoopPolicy {
        Other() {
            super(LoopFactory.ofClassPath(), new ProactorDriverFactory());
        }
    }

    /** Holds up the loop until it may leave. */
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

    @BeforeEach
    void start() throws Exception {
        thread.start();
        server = loop.callAndWait(() -> loop.createServer(
                () -> StreamProtocol.of((transport, data) -> transport.write(data)),
                ServerOptions.at("127.0.0.1", 0))).get(20, TimeUnit.SECONDS);
        for (int i = 0; i < CLIENTS; i++) {
            Socket client = new Socket("127.0.0.1", server.port());
            clients.add(client);
            client.getOutputStream().write(i);
            assertThat(client.getInputStream().read()).isEqualTo(i);
        }
        recorder = new Recorder(EventLoops.policyDirectory(), EventLoops.loopDirectory());
    }

    @AfterEach
    void stop() throws Exception {
        EventLoops.setEventLoopPolicy(null);
        recorder.stop();
        assertThat(types()).isEmpty();
        for (Socket client : clients) {
            client.close();
        }
        loop.callSoonThreadsafe(loop::stop);
        thread.join();
        loop.close();
    }

    private static List<EventType> types() {
        return FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .filter(type -> type.getName().startsWith("aio.")).toList();
    }

    private List<RecordedEvent> events(Recording recording) throws IOException {
        Path file = folder.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("aio.")).toList();
    }

    private static Stream<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream().filter(event -> event.getEventType().getName().equals("aio." + name));
    }

    private static RecordedEvent ofLoop(List<RecordedEvent> events, String name) {
        List<RecordedEvent> found = allOfLoop(events, name);
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static List<RecordedEvent> allOfLoop(List<RecordedEvent> events, String name) {
        return named(events, name).filter(event -> event.getString("loop").equals("recorded")).toList();
    }

    @Test
    void aSwap_isThere_withTheExchangeOfEachLoopAndItsSlices() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        String current = EventLoops.policyDirectory().current().orElseThrow().name();
        String driver = loop.info().driver().orElseThrow();
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.start();
            EventLoops.setEventLoopPolicy(new Other());
            events = events(recording);
        }
        RecordedEvent change = named(events, "PolicyChange").findFirst().orElseThrow();
        assertThat(change.getString("from")).isEqualTo(current);
        assertThat(change.getString("to")).contains("Other");
        assertThat(change.getString("reason")).isEqualTo("installed");
        assertThat(change.getString("who")).isNotEmpty();
        assertThat(change.getString("cause")).isNotEmpty();
        assertThat(change.getLong("kept")).isGreaterThanOrEqualTo(CLIENTS);
        assertThat(change.getLong("loops")).isPositive();
        assertThat(change.getLong("lost")).isZero();
        assertThat(change.getLong("toFollow")).isZero();
        assertThat(change.getString("stayed")).isEmpty();
        assertThat(change.getDuration("took")).isPositive();
        assertThat(change.getInstant("since")).isBetween(before, Instant.now());

        RecordedEvent exchange = ofLoop(events, "LoopExchange");
        assertThat(exchange.getString("from")).isEqualTo(driver);
        assertThat(exchange.getString("to")).isEqualTo("proactor");
        assertThat(exchange.getLong("kept")).isEqualTo(CLIENTS);
        assertThat(exchange.getLong("lost")).isZero();
        assertThat(exchange.getBoolean("returned")).isFalse();
        assertThat(exchange.getString("toBundle")).as("no framework").isEmpty();
        assertThat(exchange.getDuration("longestPause")).isBetween(Duration.ofNanos(1), exchange.getDuration("took"));

        List<RecordedEvent> slices = allOfLoop(events, "ExchangeSlice");
        List<Long> numbers = LongStream.rangeClosed(1, exchange.getLong("slices")).boxed().toList();
        assertThat(slices).as("a slow machine needs more than one").extracting(slice -> slice.getLong("slice"))
                .containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(slices.stream().mapToLong(slice -> slice.getLong("channels")).sum())
                .as("with the listener").isEqualTo(CLIENTS + 1);
        assertThat(slices).allSatisfy(slice -> {
            assertThat(slice.getDuration("pause")).isPositive();
            assertThat(slice.getThread().getJavaName()).isEqualTo("runner");
            assertThat(slice.getStackTrace()).isNull();
        });
    }

    @Test
    void aBlock_isThereWhileItLasts_andWhenItIsOver() throws Exception {
        Blocker blocker = new Blocker();
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        List<RecordedEvent> seen = new ArrayList<>();
        try (RecordingStream stream = new RecordingStream()) {
            stream.setReuse(false);
            stream.onEvent("aio.BlockedLoop", event -> {
                seen.add(event);
                blocked.countDown();
            });
            stream.onEvent("aio.SlowCallback", event -> {
                seen.add(event);
                slow.countDown();
            });
            stream.startAsync();
            CountDownLatch runs = new CountDownLatch(1);
            loop.callSoonThreadsafe(runs::countDown);
            runs.await(); // else what a first run needs may count as the block
            loop.callSoonThreadsafe(blocker);
            assertThat(blocked.await(60, TimeUnit.SECONDS)).as("seen while it blocks").isTrue();
            assertThat(slow.getCount()).isEqualTo(1);
            blocker.leave.countDown();
            assertThat(slow.await(60, TimeUnit.SECONDS)).as("seen when it is over").isTrue();
        } finally {
            blocker.leave.countDown();
        }
        assertThat(seen).allSatisfy(event -> {
            assertThat(event.getString("loop")).isEqualTo("recorded");
            assertThat(event.getString("thread")).isEqualTo("runner");
            assertThat(event.getString("culprit")).isEqualTo(Blocker.class.getName());
            assertThat(event.getString("stack").lines()).anyMatch(frame -> frame.contains("CountDownLatch.await"))
                    .last().asString().contains("Blocker.run");
            assertThat(event.getDuration("lasted")).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        });
    }

    @Test
    void whatARecordingSwitchesOff_isNotThere() throws Exception {
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.disable("aio.ExchangeSlice");
            recording.start();
            EventLoops.setEventLoopPolicy(new Other());
            events = events(recording);
        }
        assertThat(named(events, "ExchangeSlice")).isEmpty();
        assertThat(named(events, "LoopExchange")).isNotEmpty();
    }

    @Test
    void aRecorderThatComesBack_writesIntoTheSameRecording() throws Exception {
        List<RecordedEvent> events;
        String current = EventLoops.policyDirectory().current().orElseThrow().name();
        try (Recording recording = new Recording()) {
            recording.start();
            EventLoops.setEventLoopPolicy(new Other());
            recorder.stop();
            EventLoops.setEventLoopPolicy(null);
            recorder = new Recorder(EventLoops.policyDirectory(), EventLoops.loopDirectory());
            EventLoops.setEventLoopPolicy(new Other());
            events = events(recording);
        }
        assertThat(named(events, "PolicyChange")).extracting(event -> event.getString("from"))
                .as("the change between is missed").containsExactly(current, current);
    }

    @Test
    void document_namesAllEvents_andTheirFields() throws IOException {
        Map<String, List<String>> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(DOCS.resolve("monitoring.md")));
        while (row.find()) {
            documented.put("aio." + row.group(1), QUOTED.matcher(row.group(2)).results()
                    .map(found -> found.group(1)).toList());
        }
        assertThat(documented).isEqualTo(types().stream().collect(Collectors.toMap(
                EventType::getName, RecorderTest::fields, (one, other) -> one, TreeMap::new)));
    }

    /** Those of each event besides are the recorder's. */
    private static List<String> fields(EventType type) {
        return type.getFields().stream().map(ValueDescriptor::getName)
                .filter(name -> !List.of("startTime", "duration", "eventThread", "stackTrace").contains(name)).toList();
    }
}
