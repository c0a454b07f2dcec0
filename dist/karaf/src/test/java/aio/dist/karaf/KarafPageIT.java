package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The page in Karaf's own Web Console, which knows {@code javax.servlet}: who sees it, and who changes something. */
@Timeout(300)
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "Karaf 4.4 needs the security manager, which 24 has no more")
class KarafPageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = KarafProcess.freePort();

    private HttpRequest.Builder to(String path, String user) {
        String login = user + ":" + user;
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/system/console/aio" + path))
                .timeout(PATIENCE).header("Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isServed() {
        try {
            return send(to("/state.json", "viewer")).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private JsonNode state(String user) throws IOException {
        return new ObjectMapper().readTree(send(to("/state.json", user)).body());
    }

    private HttpRequest.Builder pin(String user, String token) {
        return to("/do", user).header("X-Aio-Token", token).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("action=pin&policy=default"));
    }

    @Test
    void viewersRead_adminsChange_andOthersSeeNothing(@TempDir Path base) throws Exception {
        try (KarafProcess karaf = KarafProcess.startWithConsole(base, port, "viewer");
                KarafShell admin = new KarafShell(karaf.sshPort(), "admin")) {
            karaf.await(admin, "feature:install http");
            karaf.await(admin, "feature:install aio-winselector aio-page");
            Deadline.await(PATIENCE, this::isServed, () -> "the page is not served\n" + karaf.log());
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
            assertThat(refused.body()).contains("'viewer' has not the role 'admin'");
            assertThat(send(pin("admin", state("viewer").get("token").asText())).body())
                    .contains("not the token of this user");
            assertThat(send(pin("admin", state("admin").get("token").asText())).body())
                    .contains("winselector -> default (operator 'admin' pinned it)");
            assertThat(admin.succeed("policy:history")).contains("operator 'admin'");
        }
    }
}
