package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.browser.Browser;
import aio.dist.browser.LivePage;
import aio.testkit.FreePort;
import aio.testkit.net.BlockingClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in Karaf's own Web Console, which knows {@code javax.servlet}: who sees it, who changes something, and a
 * change in a real Chromium.
 */
@Timeout(300)
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "Karaf 4.4 needs the security manager, which 24 has no more")
class KarafPageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path PICTURES = Path.of(System.getProperty("basedir", "")).resolve("target/page");

    private static int port;
    private static KarafProcess karaf;
    private static KarafShell admin;

    @BeforeAll
    static void start(@TempDir Path base) throws Exception {
        port = FreePort.find();
        karaf = KarafProcess.startWithConsole(base, port, "viewer");
        admin = new KarafShell(karaf.sshPort(), "admin");
        karaf.await(admin, "feature:install http");
        karaf.await(admin, "feature:install aio-winproactor aio-example aio-page");
        Deadline.await(PATIENCE, KarafPageIT::isServed, () -> "the page is not served\n" + karaf.log());
    }

    @AfterAll
    static void stop() throws Exception {
        if (admin != null) {
            admin.close();
        }
        if (karaf != null) {
            karaf.close();
        }
    }

    @BeforeEach
    void release() throws Exception {
        admin.succeed("policy:auto");
        karaf.awaitCurrent(admin, "winproactor");
    }

    private static HttpRequest.Builder to(String path, String user) {
        String login = user + ":" + user;
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/system/console/aio" + path))
                .timeout(PATIENCE).header("Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isServed() {
        try {
            return send(to("/state.json", "viewer")).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static JsonNode state(String user) throws IOException {
        return new ObjectMapper().readTree(send(to("/state.json", user)).body());
    }

    private static HttpRequest.Builder pin(String user, String token) {
        return to("/do", user).header("X-Aio-Token", token).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("action=pin&policy=default"));
    }

    @Test
    void viewersRead_adminsChange_andOthersSeeNothing() throws Exception {
        assertThat(send(to("", "nobody")).statusCode()).isEqualTo(401);
        HttpResponse<String> page = send(to("", "viewer"));
        assertThat(page.body()).startsWith("<!DOCTYPE html>").contains("src=\"aio/page.js\"")
                .as("the header of the console").doesNotContain("jquery");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
                policy -> assertThat(policy).contains("frame-ancestors 'none'"));

        assertThat(state("viewer").get("mayChange").asBoolean()).isFalse();
        assertThat(state("admin").get("mayChange").asBoolean()).isTrue();
        HttpResponse<String> refused = send(pin("viewer", state("viewer").get("token").asText()));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("'viewer' does not have the role 'admin'");
        assertThat(send(pin("admin", state("viewer").get("token").asText())).body())
                .contains("not the token of this user");
        assertThat(send(pin("admin", state("admin").get("token").asText())).body())
                .contains("winproactor -> default (operator 'admin' pinned it)");
        assertThat(admin.succeed("policy:history")).contains("operator 'admin'");
    }

    @Test
    void inABrowser_aClickOnPin_movesTheLoop_andItsConnectionsStay(@TempDir Path home) throws Exception {
        Browser.assumeThere();
        InetSocketAddress echo = karaf.echo();
        try (BlockingClient client = BlockingClient.connect(echo);
                BlockingClient other = BlockingClient.connect(echo);
                Browser browser = Browser.start(home)) {
            LivePage page = LivePage.open(browser, "admin:admin", port);
            page.awaitEngine("proactor");
            page.awaitConnections(2);
            page.awaitCharts();
            int before = page.swapsTo("selector");
            page.askToPin("default");
            assertThat(page.engine()).as("before it is confirmed").isEqualTo("proactor");
            page.confirm();
            page.awaitEngine("selector");
            page.awaitConnections(2);
            page.awaitLatestChange("operator 'admin'");
            page.awaitSwapsTo("selector", before + 2); // one on each chart
            browser.picture(PICTURES.resolve("karaf.png"));
            for (BlockingClient each : List.of(client, other)) {
                each.send("still there");
                assertThat(each.receiveText("still there".length())).isEqualTo("still there");
            }
            page.release();
            page.awaitEngine("proactor");
            page.awaitConnections(2);
            assertThat(browser.complaints()).as("what the browser complains of").isEmpty();
        }
    }
}
