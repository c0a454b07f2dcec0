package aio.policy.page;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page shows and does, with a real core and without servlets. */
@Timeout(60)
class PageHandlerTest {
    private static final String EVIL = "<img src=x onerror=alert(1)>\"'&\u202e\n";

    private final EventLoop loop = EventLoops.newEventLoop(LoopOptions.defaults().withName(EVIL));
    private final Guard guard = new Guard();
    private final Swaps swaps = new Swaps();
    private final Fleet fleet = new Fleet();
    private PageHandler handler;

    @BeforeEach
    void open() {
        EventLoops.loopDirectory().addListener(swaps);
        handler = new PageHandler(guard, new State(EventLoops.policyDirectory(), EventLoops.loopDirectory(),
                new Samples(EventLoops.loopDirectory()), swaps), fleet, new Actions(EventLoops.policyAdmin()));
    }

    @AfterEach
    void close() {
        EventLoops.loopDirectory().removeListener(swaps);
        EventLoops.policyAdmin().unpin();
        EventLoops.policyAdmin().unrank("default");
        loop.close();
    }

    private PageReply get(String path) {
        return handler.handle(Asking.to("GET", path).request());
    }

    private Asking change(String action) {
        return Asking.to("POST", "/do").header(Guard.TOKEN_HEADER, guard.token("anna")).parameter("action", action);
    }

    private static String text(PageReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(PageReply reply) throws IOException {
        assertThat(reply.status()).as(text(reply)).isEqualTo(PageReply.OK);
        assertThat(reply.type()).isEqualTo("application/json; charset=utf-8");
        return new ObjectMapper().readTree(reply.body());
    }

    private PageReply pin(Asking asking) {
        return handler.handle(asking.parameter("action", "pin").parameter("policy", "default").request());
    }

    private JsonNode mine() throws IOException {
        return StreamSupport.stream(json(get("/state.json")).get("loops").spliterator(), false)
                .filter(each -> each.get("name").asText().startsWith("<img src=x onerror=alert(1)>\"'&"))
                .findFirst().orElseThrow();
    }

    @Test
    void everyReply_isGuarded_andThePageHasNothingInline() {
        for (String path : List.of(
                "", "/page.js", "/chart.js", "/page.css", "/state.json", "/fleet.json", "/none", "/")) {
            assertThat(get(path).headers()).as(path)
                    .containsEntry("X-Content-Type-Options", "nosniff").containsEntry("X-Frame-Options", "DENY")
                    .containsEntry("Cache-Control", "no-store")
                    .hasEntrySatisfying("Content-Security-Policy", policy -> assertThat(policy)
                            .contains("default-src 'none'", "frame-ancestors 'none'").doesNotContain("unsafe", "*"));
        }
        assertThat(text(get(""))).startsWith("<!DOCTYPE html>")
                .doesNotContain("<style", "style=", "onclick", "://", "${")
                .doesNotContainPattern("<script[^>]*>[^<]");
        assertThat(text(get("/page.js"))).doesNotContain("innerHTML", "insertAdjacentHTML", "eval(", "://");
        assertThat(text(get("/chart.js"))).doesNotContain("innerHTML");
        assertThat(get("/none").status()).isEqualTo(PageReply.NOT_FOUND);
        assertThat(get("/").headers()).as("links are relative to the page").containsEntry("Location", "../aio");
    }

    @Test
    void nobody_seesNothing() {
        for (String user : new String[] {null, " "}) {
            for (String path : new String[] {"", "/state.json", "/page.js"}) {
                assertThat(handler.handle(Asking.to("GET", path).by(user, true).request()).status())
                        .isEqualTo(PageReply.FORBIDDEN);
            }
        }
    }

    @Test
    void state_showsPoliciesAndLoops_withTheirNamesAsTheyAre() throws Exception {
        JsonNode state = json(get("/state.json"));
        assertThat(state.get("user").asText()).isEqualTo("anna");
        assertThat(state.get("mayChange").asBoolean()).isTrue();
        assertThat(state.get("policies").findValuesAsText("name")).containsExactly("winproactor", "default");
        assertThat(mine().get("driver").asText()).isEqualTo("proactor");
        assertThat(text(get("/state.json"))).doesNotContain("\u202e");
    }

    @Test
    void aPin_movesTheLoop_andSaysWhoDidIt_andTheReleaseTakesItBack() throws Exception {
        assertThat(json(pin(change("pin"))).get("said").asText())
                .startsWith("winproactor -> default (operator 'anna' pinned it)");
        assertThat(mine().get("driver").asText()).isEqualTo("selector");
        JsonNode state = json(get("/state.json"));
        assertThat(state.get("history").get(0).get("who").asText()).isEqualTo("operator 'anna'");
        assertThat(state.get("pins").get(0).get("policy").asText()).isEqualTo("default");
        JsonNode swap = state.get("swaps").get(state.get("swaps").size() - 1);
        assertThat(swap.get("to").asText()).isEqualTo("selector");
        assertThat(swap.get("isOver").asBoolean()).isTrue();
        json(handler.handle(change("release").request()));
        assertThat(mine().get("driver").asText()).isEqualTo("proactor");
    }

    @Test
    void aFleet_isShownWhileItIsThere() throws Exception {
        assertThat(json(get("/fleet.json")).isNull()).as("no fleet").isTrue();

        Supplier<?> first = () -> Map.of("fleet", EVIL, "nodes", List.of(Map.of("node", "n1", "there", true)));
        fleet.come(first);
        JsonNode told = json(get("/fleet.json"));
        assertThat(told.get("fleet").asText()).isEqualTo(EVIL);
        assertThat(told.get("nodes").get(0).get("node").asText()).isEqualTo("n1");

        Supplier<?> second = () -> {
            throw new IllegalStateException("fleet: this node is cut off");
        };
        fleet.come(second);
        fleet.go(first);
        assertThat(get("/fleet.json").status()).as("the one that went was not this one").isEqualTo(PageReply.CONFLICT);
        assertThat(text(get("/fleet.json"))).isEqualTo("fleet: this node is cut off\n");
        assertThat(get("/state.json").status()).as("all else is shown").isEqualTo(PageReply.OK);

        fleet.go(second);
        assertThat(json(get("/fleet.json")).isNull()).as("no fleet").isTrue();
    }

    @Test
    void aPlan_saysWhatWouldHappen_andChangesNothing() throws Exception {
        JsonNode plan = json(handler.handle(
                Asking.to("GET", "/plan.json").parameter("policy", "default").request()));
        assertThat(plan.get("current").asText()).isEqualTo("winproactor");
        assertThat(plan.get("loops").findValuesAsText("step")).contains("moves");
        assertThat(mine().get("driver").asText()).isEqualTo("proactor");
    }

    @Test
    void aRank_isGivenAndTakenBack() throws Exception {
        json(handler.handle(change("rank").parameter("policy", "default").parameter("ranking", "7").request()));
        assertThat(mine().get("driver").asText()).isEqualTo("selector");
        json(handler.handle(change("unrank").parameter("policy", "default").request()));
        assertThat(mine().get("driver").asText()).isEqualTo("proactor");
        assertThat(json(get("/state.json")).get("ranks")).isEmpty();
    }

    @Test
    void whatIsWrong_isSaid_andChangesNothing() {
        assertThat(text(handler.handle(change("pin").parameter("policy", "nobody").request())))
                .startsWith("no policy 'nobody'; present: winproactor, default");
        assertThat(text(handler.handle(change("boom").request()))).contains("action is 'boom', expected pin,");
        assertThat(text(handler.handle(
                change("rank").parameter("policy", "default").parameter("ranking", "x").request())))
                .contains("ranking is 'x', expected a whole number");
        assertThat(handler.handle(change("pin").parameter("policy", "nobody").request()).status())
                .isEqualTo(PageReply.BAD_REQUEST);
        assertThat(handler.handle(Asking.to("GET", "/state.json").parameter("after", "x").request()).status())
                .isEqualTo(PageReply.BAD_REQUEST);
    }

    @Test
    void aChange_needsThePost_theToken_andTheRole() throws Exception {
        assertThat(get("/do").status()).isEqualTo(PageReply.NOT_ALLOWED);
        assertThat(handler.handle(Asking.to("PUT", "/do").request()).headers())
                .containsEntry("Allow", "GET, HEAD, POST");
        assertThat(handler.handle(Asking.to("POST", "/state.json").request()).status())
                .isEqualTo(PageReply.NOT_ALLOWED);
        assertThat(pin(Asking.to("POST", "/do")).status()).isEqualTo(PageReply.FORBIDDEN);
        assertThat(pin(change("pin").header("Origin", "http://evil.example")).status()).isEqualTo(PageReply.FORBIDDEN);
        PageReply viewer = pin(change("pin").by("anna", false));
        assertThat(viewer.status()).isEqualTo(PageReply.FORBIDDEN);
        assertThat(text(viewer)).contains("'anna' does not have the role 'admin'");
        assertThat(mine().get("driver").asText()).isEqualTo("proactor");
    }
}
