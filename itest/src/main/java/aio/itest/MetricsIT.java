package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Proves what Prometheus gets: figures by HTTP, which show a swap, where a configuration says and while it exists. */
@Timeout(90)
@ExtendWith(LeavesNothing.class)
class MetricsIT {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-z_][a-z0-9_]*(?:\\{[a-z]+=\"(?:[^\"\\\\\n]|\\\\[\\\\n\"])*\""
                    + "(?:,[a-z]+=\"(?:[^\"\\\\\n]|\\\\[\\\\n\"])*\")*})?) ([0-9]+(?:\\.[0-9]+)?)");

    private final Loaders loaders = new Loaders();
    private Configuration configuration;
    private int port;

    @BeforeEach
    void configure() throws Exception {
        configuration = Framework.service(ConfigurationAdmin.class).getConfiguration("aio.policy.metrics", "?");
        move();
    }

    private void move() throws IOException {
        port = freePort();
        configuration.update(new Hashtable<>(Map.of("port", port)));
    }

    private static int freePort() throws IOException {
        while (true) { // below those that the system gives to clients
            int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException e) {
                continue; // in use
            }
        }
    }

    @AfterEach
    void takeBack() throws Exception {
        configuration.delete();
        Await.until("no thread is left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("aio-metrics")));
        assertThat(loaders.size()).isPositive();
        assertThat(loaders.alive(0)).as("class loaders of the bundle").isZero();
    }

    private Installed start() throws Exception {
        Installed metrics = Installed.of("aio-policy-metrics");
        metrics.start();
        loaders.add(metrics.classLoader());
        Await.until("it replies", () -> answers(port));
        return metrics;
    }

    private static boolean answers(int port) throws IOException {
        try {
            return !scrape(port).isEmpty();
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Reads as strictly as Prometheus does: each line is a comment or a sample, and none comes twice. */
    private static Map<String, Double> scrape(int port) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/metrics").toURL()
                .openConnection();
        connection.setReadTimeout(20_000);
        List<String> lines;
        try (InputStream in = connection.getInputStream()) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } finally {
            connection.disconnect();
        }
        assertThat(connection.getContentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        Map<String, Double> samples = new TreeMap<>();
        for (String line : lines) {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(line.matches("# (HELP|TYPE) .*") || sample.matches()).as(line).isTrue();
            if (!line.startsWith("#")) {
                assertThat(samples.put(sample.group(1), Double.valueOf(sample.group(2)))).as(line).isNull();
            }
        }
        return samples;
    }

    @Test
    void figuresTellOfLoopsAndOfASwap() throws Exception {
        try (Installed metrics = start(); Installed win = Installed.winselector();
                EchoServer server = EchoServer.on(Framework.service(EventLoop.class));
                EchoClients clients = EchoClients.connect(server.address(), 2)) {
            Map<String, Double> before = scrape(port);
            assertThat(before).containsKeys("aio_eventloop_delay_p50_seconds{loop=\"shared\"}",
                    "aio_eventloop_delay_p99_seconds{loop=\"shared\"}",
                    "aio_eventloop_delay_max_seconds{loop=\"shared\"}",
                    "aio_eventloop_pending_tasks{loop=\"shared\"}");
            assertThat(before.get("aio_eventloop_utilization{loop=\"shared\"}")).isBetween(0.0, 1.0);
            assertThat(sum(before, "aio_connections{")).isEqualTo(2);
            assertThat(sum(before, "aio_bytes_received_total{")).isPositive();

            win.start();
            clients.awaitProgress();
            Map<String, Double> after = scrape(port);
            assertThat(after).containsKey("aio_policy_info{policy=\"winselector\",state=\"current\","
                    + "driver=\"selector\",bundle=\"" + win.name() + "\"}");
            assertThat(after.get("aio_policy_changes_total")).isEqualTo(before.get("aio_policy_changes_total") + 1);
            assertThat(sum(after, "aio_connections{")).isEqualTo(2);
            assertThat(sum(after, "aio_connections_lost_total{")).isEqualTo(sum(before, "aio_connections_lost_total{"));
            assertThat(sum(after, "aio_exchange_pause_seconds_count{"))
                    .isGreaterThan(sum(before, "aio_exchange_pause_seconds_count{"));
        }
    }

    private static double sum(Map<String, Double> samples, String start) {
        return samples.entrySet().stream().filter(sample -> sample.getKey().startsWith(start))
                .mapToDouble(Map.Entry::getValue).sum();
    }

    @Test
    void aConfiguration_movesIt_andItsEndEndsIt() throws Exception {
        int first = port;
        try (Installed metrics = start()) {
            move();
            Await.until("it replies on the other port", () -> answers(port));
            assertThat(answers(first)).isFalse();
            metrics.stop();
            assertThat(answers(port)).isFalse();
        }
    }
}
