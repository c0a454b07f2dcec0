package aio.policy.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsServerTest {
    /** What Prometheus reads: a name, labels, a number. */
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-z_][a-z0-9_]*)(\\{[a-z]+=\"(?:[^\"\\\\]|\\\\.)*\"(?:,[a-z]+=\"(?:[^\"\\\\]|\\\\.)*\")*\\})?"
                    + " ([0-9]+(?:\\.[0-9]+)?)");

    private final EventLoop loop = EventLoops.newEventLoop();
    private MetricsServer server;

    private record At(String host, int port) implements MetricsServer.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return MetricsServer.Config.class;
        }
    }

    private void serve() throws IOException {
        server = open("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.stop();
        }
        loop.close();
    }

    @Test
    void withoutAThread_theServersOwnDoesTheWork() {
        CountDownLatch done = new CountDownLatch(1);
        MetricsServer.execute(work -> {
            throw new OutOfMemoryError("unable to create native thread: planted");
        }, done::countDown);
        assertThat(done.getCount()).isZero();
    }

    @Test
    void withoutAThreadForTheServer_nothingListens() throws Exception {
        int port = freePort();
        assertThatThrownBy(() -> new MetricsServer(EventLoops.policyDirectory(), EventLoops.loopDirectory(),
                new At("127.0.0.1", port), work -> {
                    throw new OutOfMemoryError("unable to create native thread: planted");
                })).isInstanceOf(OutOfMemoryError.class);
        server = open("127.0.0.1", port);
        assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(200);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aLogThatFails_keepsTheServerServing() throws Exception {
        Logger log = Logger.getLogger("aio.policy");
        Handler planted = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                throw new AssertionError("planted");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(planted);
        try {
            serve();
        } finally {
            log.removeHandler(planted);
        }
        assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private Map<String, Double> samples() throws Exception {
        HttpResponse<String> answer = ask("GET", "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        Map<String, Double> samples = new HashMap<>();
        List<String> lines = answer.body().lines().filter(line -> !line.startsWith("# ")).toList();
        for (String line : lines) {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            String key = sample.group(1) + (sample.group(2) == null ? "" : sample.group(2));
            assertThat(samples.put(key, Double.parseDouble(sample.group(3)))).as("twice: " + key).isNull();
        }
        return samples;
    }

    @Test
    void everyFigure_isASampleThatCanBeRead() throws Exception {
        serve();
        for (int i = 0; i < 10; i++) {
            loop.callSoon(loop::stop);
            loop.runForever();
        }
        String mine = "{loop=\"" + loop.name() + "\"}";
        Map<String, Double> samples = samples();
        assertThat(samples.get("aio_eventloop_callbacks_total" + mine)).isEqualTo(10);
        assertThat(samples.get("aio_eventloop_delay_seconds_count" + mine)).isPositive();
        assertThat(samples.get("aio_eventloop_delay_seconds_bucket{loop=\"" + loop.name() + "\",le=\"+Inf\"}"))
                .isEqualTo(samples.get("aio_eventloop_delay_seconds_count" + mine));
        assertThat(samples).containsKey(
                "aio_eventloop_delay_seconds_bucket{loop=\"" + loop.name() + "\",le=\"0.0001\"}");
        assertThat(samples.get("aio_eventloop_utilization" + mine)).isBetween(0.0, 1.0);
        assertThat(samples).containsEntry(
                "aio_policy_info{policy=\"default\",state=\"current\",driver=\"selector\",bundle=\"\"}", 1.0);
        assertThat(samples).containsEntry("aio_loops_to_follow", 0.0).containsKey("aio_policy_changes_total");
    }

    @Test
    void aLoopThatIsHeldUp_isToldOf() throws Exception {
        serve();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        loop.callSoon(() -> {
            entered.countDown();
            awaitQuietly(leave);
            loop.stop();
        });
        Thread runner = new Thread(loop::runForever);
        runner.start();
        entered.await();
        try {
            assertThat(samples()).containsKey("aio_eventloop_turns_total{loop=\"" + loop.name() + "\"}");
        } finally {
            leave.countDown();
            runner.join();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anythingElse_isRefused() throws Exception {
        serve();
        assertThat(ask("GET", "/metrics/more").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
        assertThat(ask("HEAD", "/metrics").body()).isEmpty();
    }

    @Test
    void namesThatTwoLoopsHave_orNobodyCouldRead_doNoHarm() throws Exception {
        serve();
        LoopOptions odd = LoopOptions.defaults().withName("a\\b \"c\"");
        try (EventLoop one = EventLoops.newEventLoop(odd); EventLoop two = EventLoops.newEventLoop(odd)) {
            assertThat(one.name()).isEqualTo(two.name());
            assertThat(samples()).containsKey("aio_connections{loop=\"a\\\\b \\\"c\\\"\"}");
        }
    }

    /** More than there are threads would, which is why they are several. */
    @Test
    void aClientThatSaysNothing_holdsUpNobody() throws Exception {
        serve();
        try (Socket silent = new Socket("127.0.0.1", server.port())) {
            silent.getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));
            assertThat(samples()).isNotEmpty();
        }
    }

    @Test
    void whereNobodyCanListen_isSaidWithWhatToDo() throws Exception {
        serve();
        assertThatThrownBy(() -> open("127.0.0.1", server.port()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("metrics are not served: nothing can listen on 127.0.0.1:" + server.port())
                .hasMessageEndingWith("; change host or port in the configuration aio.policy.metrics");
        assertThatThrownBy(() -> open("no.such.host.invalid", 0))
                .hasMessageStartingWith("metrics are not served: nothing can listen on no.such.host.invalid:0: ");
        assertThatThrownBy(() -> open("127.0.0.1", 65536))
                .hasMessage("metrics are not served: port is 65536, expected a number from 0 to 65535;"
                        + " change host or port in the configuration aio.policy.metrics");
    }

    private static MetricsServer open(String host, int port) throws IOException {
        return new MetricsServer(EventLoops.policyDirectory(), EventLoops.loopDirectory(), new At(host, port));
    }
}
