package aio.dist.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.FreePort;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** A real Chromium without a window, driven by its ChromeDriver: WebDriver over HTTP. Confined to one thread. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String base;
    private String session = "";

    private Browser(Path home) throws IOException {
        int port = FreePort.find();
        base = "http://127.0.0.1:" + port;
        driver = new ProcessBuilder(DRIVER.toString(), "--port=" + port)
                .redirectErrorStream(true).redirectOutput(home.resolve("chromedriver.log").toFile()).start();
    }

    /** Says loudly that a test is left out where there is no Chromium. */
    public static void assumeThere() {
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "SKIPPED, the page is NOT tested in a browser: " + CHROMIUM + " and " + DRIVER
                        + " (Debian's chromium and chromium-driver) are not there");
    }

    /** Starts one, with a profile of its own in a directory. */
    public static Browser start(Path home) throws Exception {
        Browser browser = new Browser(home);
        try {
            browser.await("ChromeDriver listens", browser::listens);
            List<String> options = List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
                    "--no-first-run", "--disable-background-networking", "--disable-component-update",
                    "--disable-sync", "--hide-scrollbars", "--window-size=1280,900",
                    "--user-data-dir=" + home.resolve("profile"));
            JsonNode made = browser.post("/session", Map.of("capabilities", Map.of("alwaysMatch", Map.of(
                    "goog:loggingPrefs", Map.of("browser", "ALL"),
                    "goog:chromeOptions", Map.of("binary", CHROMIUM.toString(), "args", options)))));
            browser.session = "/session/" + made.get("sessionId").asText();
            return browser;
        } catch (Exception | AssertionError e) {
            browser.close();
            throw e;
        }
    }

    private boolean listens() throws Exception {
        try {
            HttpRequest status = request("/status").GET().build();
            return http.send(status, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8");
    }

    private JsonNode post(String path, Map<String, ?> body) throws Exception {
        HttpRequest request = request(path)
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))).build();
        return value(path, http.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    private JsonNode value(String path, HttpResponse<String> reply) throws IOException {
        assertThat(reply.statusCode()).as(path + ": " + reply.body()).isEqualTo(200);
        return json.readTree(reply.body()).get("value");
    }

    /** Opens a page, and waits until it is loaded. */
    public void open(String address) throws Exception {
        post(session + "/url", Map.of("url", address));
    }

    /** Runs JavaScript, with {@code return}; returns what it returns, as text. */
    public String run(String script) throws Exception {
        return post(session + "/execute/sync", Map.of("script", script, "args", List.of())).asText();
    }

    /** Clicks what a CSS selector finds, as a user does: it must be visible and in front. */
    public void click(String css) throws Exception {
        JsonNode found = post(session + "/element", Map.of("using", "css selector", "value", css));
        post(session + "/element/" + found.elements().next().asText() + "/click", Map.of());
    }

    /** Waits until JavaScript returns a text. */
    public void await(String script, String expected) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (String seen = run(script); !seen.equals(expected); seen = run(script)) {
            assertThat(System.nanoTime() - deadline)
                    .as("'" + seen + "', expected '" + expected + "', of " + script).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Waits for something. */
    private void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - deadline).as(() -> what + " does not come").isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Writes what is seen as a PNG. */
    public void picture(Path file) throws Exception {
        HttpRequest request = request(session + "/screenshot").GET().build();
        String png = value("screenshot", http.send(request, HttpResponse.BodyHandlers.ofString())).asText();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(png));
    }

    /** Returns what the browser has complained of, such as what the page's own policy has refused. */
    public List<String> complaints() throws Exception {
        return post(session + "/se/log", Map.of("type", "browser")).findValuesAsText("message");
    }

    @Override
    public void close() throws Exception {
        try {
            if (!session.isEmpty()) {
                http.send(request(session).DELETE().build(), HttpResponse.BodyHandlers.discarding());
            }
        } finally {
            driver.destroy();
            driver.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            driver.destroyForcibly();
        }
    }

    /** What is waited for. */
    private interface Condition {
        boolean holds() throws Exception;
    }
}
