package aio.policy.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.policy.PinOptions;
import aio.policy.PolicyScope;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.felix.inventory.Format;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Policies and loops, printed as text and as JSON. */
@Timeout(60)
class InventoryOfLoopsTest {
    private static final String NAME = "edge\n- name: forged";

    private final EventLoop loop = EventLoops.newEventLoop(LoopOptions.defaults().withName(NAME));
    private final InventoryOfLoops inventory =
            new InventoryOfLoops(EventLoops.policyDirectory(), EventLoops.loopDirectory());

    @AfterEach
    void close() {
        EventLoops.policyAdmin().unpin(PolicyScope.loop(loop.name()));
        loop.close();
    }

    private String printed(Format format) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        inventory.print(out, format, /* isZip= */ false);
        return text.toString();
    }

    @Test
    void json_hasPoliciesLoopsFiguresAndHistory() throws Exception {
        EventLoops.policyAdmin().pin("default", PinOptions.defaults().withScope(PolicyScope.loop(loop.name())));
        JsonNode all = new ObjectMapper().readTree(printed(Format.JSON));
        assertThat(all.get("current").asText()).isEqualTo("default");
        assertThat(all.get("pinned").isNull()).isTrue();
        assertThat(all.get("pins").size()).isEqualTo(1);
        assertThat(all.get("policies").findValuesAsText("name")).contains("default");
        assertThat(all.get("loops").findValuesAsText("driver")).contains("selector");
        assertThat(all.get("statistics").findValuesAsText("loop")).anyMatch(name -> name.endsWith("- name: forged"));
        assertThat(all.get("history").findValuesAsText("to")).contains("default");
    }

    @Test
    void text_hasTheSame_aFieldALine_andNamesCannotForgeOne() {
        List<String> lines = printed(Format.TEXT).lines().toList();
        assertThat(lines).contains("current: default", "pinned: -", "pinnedUntil: -", "ranks: -", "policies:",
                "- name: default", "  state: current", "loops:", "  driver: selector", "history:", "  to: default");
        assertThat(lines).doesNotContain("- name: forged");
        assertThat(lines).filteredOn(line -> line.contains("forged")).isNotEmpty();
    }
}
