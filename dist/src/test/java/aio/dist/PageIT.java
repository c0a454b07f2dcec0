package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.browser.Browser;
import aio.dist.browser.LivePage;
import aio.testkit.FreePort;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real Felix Web Console, made of the bundles that docs/page.md names: over HTTP as another site and as
 * the page itself, and in a real Chromium, under a client that must not notice.
 */
@Timeout(180)
class PageIT {
    private static final String DOCUMENT = "docs/page.md";
    private static final Path PICTURES = Path.of(System.getProperty("basedir", "")).resolve("target/page");
    private static final String CLIENT = "admin:something-long";
    /** More of them make a better picture: -Daio.page.points=100. */
    private static final int POINTS = Integer.getInteger("aio.page.points", 8);
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path home;

    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private PlainFelix felix;

    @BeforeEach
    void prepare() throws IOException {
        port = FreePort.find();
        felix = PlainFelix.in(home);
        felix.addNamed(DOCUMENT);
        felix.setNamed(DOCUMENT);
        felix.set("org.osgi.service.http.port", Integer.toString(port));
    }

    /** Starts it, with the echo and two policies, and waits until the page is served. */
    private RunningContainer start() throws Exception {
        RunningContainer container = felix.start();
        try {
            felix.dropText("aio.example.echo.Echo.cfg", "port = " + container.echoPort() + "\n");
            felix.dropText("aio.example.echo.HttpResponder.cfg", "port = 0\n");
            felix.dropNamed();
            felix.dropNamed(DOCUMENT);
            felix.dropBundle("aio-policy-winproactor");
            felix.dropBundle("aio-example-echo");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!isServed()) {
                assertThat(System.nanoTime() - deadline).as(() -> "the page is not served; the container printed\n"
                        + String.join("\n", container.output())).isNegative();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
            return container;
        } catch (Exception | AssertionError e) {
            container.close();
            throw e;
        }
    }

    private boolean isServed() throws Exception {
        try {
            HttpResponse<String> reply = send(get("/state.json"));
            return reply.statusCode() == 200 && reply.body().contains("\"name\":\"shared\"")
                    && driver().equals("proactor");
        } catch (ConnectException e) {
            return false;
        }
    }

    private HttpRequest.Builder to(String path) {
        return console("aio" + path);
    }

    private HttpRequest.Builder console(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/system/console/" + path))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS));
    }

    private HttpRequest.Builder get(String path) {
        return loggedIn(to(path));
    }

    private static HttpRequest.Builder loggedIn(HttpRequest.Builder request) {
        return loggedIn(request, CLIENT);
    }

    private static HttpRequest.Builder loggedIn(HttpRequest.Builder request, String login) {
        return request.header("Authorization",
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpRequest.Builder change(String form) {
        return get("/do").header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> reply = send(request);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return new ObjectMapper().readTree(reply.body());
    }

    private JsonNode shared() throws Exception {
        return StreamSupport.stream(json(get("/state.json")).get("loops").spliterator(), false)
                .filter(loop -> loop.get("name").asText().equals("shared")).findFirst().orElseThrow();
    }

    private String driver() throws Exception {
        return shared().get("driver").asText();
    }

    @Test
    void thePageIsServedToThoseWhoAreLoggedIn_andChangesOnlyForItself() throws Exception {
        try (RunningContainer container = start();
                EchoClient client = EchoClient.connect(container.echoPort(), container)) {
            client.awaitProgress();
            for (String path : List.of("", "/state.json", "/page.js")) {
                assertThat(send(to(path)).statusCode()).as("without a password: " + path).isEqualTo(401);
            }
            HttpResponse<String> page = send(get(""));
            assertThat(page.body()).startsWith("<!DOCTYPE html>").contains("src=\"aio/page.js\"", "</html>")
                    .as("the header of the console").doesNotContain("jquery");
            assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
                    policy -> assertThat(policy).contains("script-src 'self'", "frame-ancestors 'none'"));
            assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(send(get("/page.js")).headers().firstValue("Content-Type")).hasValueSatisfying(
                    type -> assertThat(type).startsWith("text/javascript"));

            JsonNode state = json(get("/state.json"));
            assertThat(state.get("user").asText()).isEqualTo("admin");
            assertThat(state.get("mayChange").asBoolean()).isTrue();
            refused(change("action=pin&policy=default"), "X-Aio-Token is missing");
            String token = state.get("token").asText();
            refused(change("action=pin&policy=default").header("X-Aio-Token", "0".repeat(token.length())),
                    "not the token of this user");
            refused(change("action=pin&policy=default").header("X-Aio-Token", token)
                    .header("Origin", "http://evil.example"), "expected this site");
            assertThat(send(get("/do?action=pin&policy=default&token=" + token)).statusCode()).isEqualTo(405);
            assertThat(driver()).isEqualTo("proactor");

            JsonNode plan = json(get("/plan.json?policy=default&scope="
                    + URLEncoder.encode("loop:shared", StandardCharsets.UTF_8)));
            assertThat(plan.get("loops").findValuesAsText("step")).contains("moves");
            assertThat(driver()).isEqualTo("proactor");
            JsonNode said = json(change("action=pin&policy=default").header("X-Aio-Token", token)
                    .header("Origin", "http://127.0.0.1:" + port));
            assertThat(said.get("said").asText()).startsWith(
                    "winproactor -> default (operator 'admin' pinned it); 1 loop, 1 connection kept, 0 lost");
            assertThat(driver()).isEqualTo("selector");
            assertThat(shared().get("connections").asInt()).isEqualTo(1);
            assertThat(container.ask("policy:history")).contains("operator 'admin'");
            client.awaitProgress();
            assertThat(client.stop()).isNull();

            whoHasNotTheRole_reads_andChangesNothing();
            inventoryIsPrinted();
            theFleetIsShown(container);

            felix.delete("aio-policy-page.jar");
            awaitStatus(get("/state.json"), 404);
        }
    }

    private void awaitStatus(HttpRequest.Builder request, int status) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (send(request).statusCode() != status) {
            assertThat(System.nanoTime() - deadline).as("the status is still another one than " + status).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    /** The roles are those of the console's accounts: here of others than its own one, which has every role. */
    private void whoHasNotTheRole_reads_andChangesNothing() throws Exception {
        String viewer = "viewer:anything";
        felix.drop(Accounts.bundle(home));
        awaitStatus(loggedIn(to("/state.json"), viewer), 200);
        JsonNode state = json(loggedIn(to("/state.json"), viewer));
        assertThat(state.get("user").asText()).isEqualTo("viewer");
        assertThat(state.get("mayChange").asBoolean()).isFalse();
        refused(loggedIn(to("/do"), viewer).header("X-Aio-Token", state.get("token").asText())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("action=release")),
                "'viewer' does not have the role 'admin', which changes something");
        assertThat(json(get("/state.json")).get("mayChange").asBoolean()).isTrue();
        felix.delete("accounts.jar");
        awaitStatus(loggedIn(to("/state.json"), viewer), 401);
    }

    /** The inventory comes with its bundle, as text and as JSON, and goes with it. */
    private void inventoryIsPrinted() throws Exception {
        HttpRequest.Builder status = loggedIn(console("status-aio.json"));
        assertThat(send(status).statusCode()).isEqualTo(404);
        felix.dropBundle("aio-policy-inventory");
        awaitStatus(status, 200);
        JsonNode all = json(status);
        assertThat(all.get("current").asText()).isEqualTo("default");
        assertThat(all.get("pinned").asText()).isEqualTo("default");
        assertThat(all.get("policies").findValuesAsText("name")).contains("default", "winproactor");
        assertThat(all.get("loops").findValuesAsText("driver")).containsOnly("selector");
        assertThat(all.get("history").findValuesAsText("who")).contains("operator 'admin'");
        assertThat(send(loggedIn(console("status-aio.txt"))).body().lines())
                .contains("current: default", "pinned: default", "- name: winproactor", "  who: operator 'admin'");
        assertThat(send(console("status-aio.json")).statusCode()).as("without a password").isEqualTo(401);
        felix.delete("aio-policy-inventory.jar");
        awaitStatus(status, 404);
    }

    /** The fleet is shown by the rows of its commands; it comes with its bundle, and goes with it. */
    private void theFleetIsShown(RunningContainer container) throws Exception {
        assertThat(json(get("/fleet.json")).isNull()).as("no fleet").isTrue();
        try (TestingServer server = new TestingServer(FreePort.find())) {
            join(server);
            container.ask("policy:auto");
            awaitFleet("/nodes/0/localPin", "null");
            assertThat(container.ask("fleet:use default --wait")).contains("number 1, 'default', of ", ": done");
            awaitFleet("/status/number", "1");
            JsonNode fleet = json(get("/fleet.json"));
            assertThat(fleet.get("node").asText()).isEqualTo("n1");
            assertThat(fleet.get("nodes").get(0).get("policy").asText()).isEqualTo("default");
            assertThat(container.ask("fleet:status --json")).contains(fleet.get("status").toString());
            assertThat(container.ask("fleet:history --json")).contains(fleet.get("history").toString());
            container.ask("fleet:auto --wait");
            awaitFleet("/history/1/phase", "done");
            felix.delete("aio-policy-fleet.jar");
            awaitFleet("/nodes/0/node", "");
        }
    }

    private void join(TestingServer server) throws Exception {
        felix.dropText("aio.fleet.cfg", "connect = " + server.getConnectString() + "\nnode = n1\n");
        felix.dropBundle("aio-policy-fleet");
        awaitFleet("/nodes/0/node", "n1");
    }

    private void awaitFleet(String pointer, String expected) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (String seen = ""; !seen.equals(expected);) {
            HttpResponse<String> reply = send(get("/fleet.json"));
            seen = reply.statusCode() == 200 ? new ObjectMapper().readTree(reply.body()).at(pointer).asText() : "";
            assertThat(System.nanoTime() - deadline).as(reply.body()).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private void refused(HttpRequest.Builder request, String why) throws Exception {
        HttpResponse<String> reply = send(request);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(403);
        assertThat(reply.body()).contains(why);
    }

    @Test
    void inABrowser_aClickOnPin_movesTheLoop_andItsConnectionsStay() throws Exception {
        Browser.assumeThere();
        try (RunningContainer container = start();
                EchoClient client = EchoClient.connect(container.echoPort(), container);
                EchoClient other = EchoClient.connect(container.echoPort(), container);
                Browser browser = Browser.start(home)) {
            LivePage page = LivePage.open(browser, CLIENT, port);
            page.awaitEngine("proactor");
            page.awaitConnections(2);
            page.awaitCharts();
            int before = page.swapsTo("selector"); // bundles that are dropped start in any order

            page.askToPin("default");
            browser.picture(PICTURES.resolve("dry-run.png"));
            assertThat(page.engine()).as("before it is confirmed").isEqualTo("proactor");
            page.confirm();
            page.awaitEngine("selector");
            page.awaitConnections(2);
            page.awaitLatestChange("operator 'admin'");
            page.awaitSwapsTo("selector", before + 2); // one on each chart
            page.tellOfTheLatestSwap(false);
            page.awaitEngine("proactor → selector");
            page.awaitBandUntilNow(true);
            page.tellOfTheLatestSwap(true);
            page.awaitEngine("selector");
            page.awaitBandUntilNow(false);
            client.awaitProgress();
            other.awaitProgress();
            browser.await("return document.querySelectorAll('[data-loop=shared] polyline.e1').length > 1", "true");

            page.release();
            page.awaitEngine("proactor");
            assertThat(page.cardsIfAllWereThereTwice()).as("cards of two loops of one name").isEqualTo(2);
            page.awaitCards(1);
            aRollOutIsSeen(browser, container);
            awaitPoints(browser, POINTS);
            browser.picture(PICTURES.resolve("page.png"));
            assertThat(client.stop()).isNull();
            assertThat(other.stop()).isNull();
            assertOnlyConflicts(browser); // the fleet may have been asked for while it left
        }
    }

    private void aRollOutIsSeen(Browser browser, RunningContainer container) throws Exception {
        assertThat(browser.run("return document.getElementById('fleet').hidden")).isEqualTo("true");
        try (TestingServer server = new TestingServer(FreePort.find())) {
            join(server);
            browser.await("return document.querySelector('[data-node=n1] .engine')?.textContent", "proactor");
            assertOnlyConflicts(browser); // the page asks at once, and the node may not have joined by then
            container.ask("fleet:use default --watch 1m");
            browser.await("return document.querySelector('#rollout .pill').textContent", "wave 1 of 1, watched");
            browser.await("return document.getElementById('waves').textContent.includes('wave 1, 1 node: n1')", "true");
            browser.picture(PICTURES.resolve("fleet.png"));
            container.ask("fleet:abort");
            browser.await("return [...document.querySelectorAll('#rollouts tbody tr')].map(row =>"
                    + " row.children[5].textContent).join()", "aborted");
            browser.await("return document.querySelector('[data-node=n1] .engine')?.textContent", "proactor");
            assertThat(browser.run("return document.getElementById('fleetOf').textContent"))
                    .matches(".*; this is n1, as of \\d+:\\d\\d:\\d\\d");
            aPageThatIsOpenedWhileTheNodeIsCutOff_saysSo(browser, server);
            felix.delete("aio-policy-fleet.jar");
            browser.await("return document.getElementById('fleet').hidden", "true");
        }
    }

    private void aPageThatIsOpenedWhileTheNodeIsCutOff_saysSo(Browser browser, TestingServer server) throws Exception {
        assertThat(browser.complaints()).as("what the browser complains of").isEmpty();
        server.stop();
        LivePage.open(browser, CLIENT, port);
        browser.await("return document.getElementById('fleetTrouble').checkVisibility()", "true");
        assertThat(browser.run("return document.getElementById('fleetTrouble').textContent"))
                .startsWith("fleet: this node is cut off from ZooKeeper");
        assertThat(browser.run("return document.getElementById('nodes').checkVisibility()")).isEqualTo("false");
        server.restart();
        browser.await("return document.querySelector('[data-node=n1] .engine')?.textContent", "proactor");
        browser.await("return document.getElementById('fleetTrouble').checkVisibility()", "false");
        assertOnlyConflicts(browser);
    }

    /** The browser has complained of nothing but that the node was not connected when the page asked for the fleet. */
    private static void assertOnlyConflicts(Browser browser) throws Exception {
        assertThat(browser.complaints()).as("what the browser complains of")
                .allMatch(line -> line.contains("fleet.json") && line.contains("409"));
    }

    /** Waits until the chart of the load shows so many seconds. */
    private static void awaitPoints(Browser browser, int count) throws Exception {
        browser.await("return [...document.querySelector('[data-loop=shared] svg').querySelectorAll('polyline')]"
                + ".reduce((sum, line) => sum + line.getAttribute('points').split(' ').length, 0) >= " + count, "true");
    }
}
