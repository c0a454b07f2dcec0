package aio.policy.console;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.ConnectionInfo;
import aio.loop.LoopBlock;
import aio.loop.LoopInfo;
import aio.loop.LoopStatistics;
import aio.loop.TaskInfo;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import aio.policy.console.json.Json;
import aio.policy.console.json.JsonRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What scripts read. */
class JsonTest {

    @Test
    void texts_areEscaped() {
        assertThat(Json.text("a \"b\" \\ c\n\r\t\u0001 ü"))
                .isEqualTo("\"a \\\"b\\\" \\\\ c\\n\\r\\t\\u0001 \\u00fc\"");
        assertThat(Json.text("\uD83D\uDE00")).isEqualTo("\"\\ud83d\\ude00\"");
    }

    @Test
    void values_keepTheirType_andMapsTheirOrder() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("z", 1);
        row.put("a", -2L);
        row.put("yes", true);
        row.put("list", List.of("x", "y"));
        row.put("none", List.of());
        assertThat(Json.text(row)).isEqualTo("{\"z\":1,\"a\":-2,\"yes\":true,\"list\":[\"x\",\"y\"],\"none\":[]}");
    }

    @Test
    void rows_areALineEach() {
        assertThat(Json.rows(List.of(Map.of("a", 1), Map.of("a", 2)))).isEqualTo("[{\"a\":1},\n {\"a\":2}]");
        assertThat(Json.rows(List.of())).isEqualTo("[]");
    }

    @Test
    void policy_hasAllThatItKnows() {
        assertThat(Json.text(JsonRows.of(Samples.current()))).isEqualTo("{\"name\":\"default\",\"state\":\"current\","
                + "\"reason\":\"highest ranking\","
                + "\"pinned\":false,\"scopes\":[],\"ranking\":-2147483648,\"source\":\"service\",\"serviceId\":23,"
                + "\"driver\":\"selector\","
                + "\"loops\":1,\"bundle\":{\"name\":\"aio.policy.default\",\"id\":9},\"home\":null,"
                + "\"why\":[\"it is the only one\"]}");
    }

    @Test
    void whatIsAbsent_isNull() {
        assertThat(Json.text(JsonRows.of(Samples.pinnedByCode("mine"))))
                .contains("\"serviceId\":null,", "\"bundle\":null,", "\"source\":\"code\"");
    }

    @Test
    void rows_haveEachMethodOfWhatTheyShow() {
        assertThat(JsonRows.of(Samples.current())).as("all but isCalled, which is no property")
                .hasSize(PolicyInfo.class.getMethods().length - 1);
        assertThat(JsonRows.of(new Samples.Change(1, "a", "b", List.of())))
                .as("all but the summary, which is made of them")
                .hasSize(PolicyChange.class.getMethods().length - 1);
    }

    @Test
    void change_hasInstantAndDurationsWithTheirUnit() {
        assertThat(Json.text(JsonRows.of(new Samples.Change(1, "a", "b", 2, List.of("loop \"x\" is blocked")))))
                .contains("\"when\":\"2026-01-02T03:04:05Z\"", "\"loops\":1,\"toFollow\":2,",
                        "\"longestPauseNanos\":440000",
                        "\"durationNanos\":2000000", "\"stayed\":[\"loop \\\"x\\\" is blocked\"]");
    }

    @Test
    void loop_hasEachOfItsNumbers() {
        assertThat(JsonRows.of(new Samples.Loop("shared", "t", 2)))
                .containsEntry("turns", 17L)
                .containsEntry("connections", 3)
                .containsEntry("longestPauseNanos", 440_000L)
                .hasSize(LoopInfo.class.getMethods().length);
        assertThat(JsonRows.of(Figures.block("shared", /* over= */ true))).hasSize(LoopBlock.class.getMethods().length);
        assertThat(JsonRows.of(Figures.bareConnection(1))).hasSize(ConnectionInfo.class.getMethods().length);
        assertThat(JsonRows.of(Figures.task(1, 0))).hasSize(TaskInfo.class.getMethods().length);
        assertThat(JsonRows.of(Figures.statistics("shared", 2, 1, 0)))
                .as("times as three rows, all but since")
                .hasSize(LoopStatistics.class.getMethods().length - 1 + 3 * 2);
    }
}
