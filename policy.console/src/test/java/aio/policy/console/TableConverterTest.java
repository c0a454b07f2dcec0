package aio.policy.console;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.BundleId;
import aio.loop.LoopInfo;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import aio.policy.console.View.Style;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.Converter;
import org.junit.jupiter.api.Test;

/** What the console prints. */
class TableConverterTest {
    private final TableConverter converter = new TableConverter();

    private String shown(Object target, int level) {
        CharSequence text = converter.format(target, level, converter);
        return text == null ? "(left to others)" : text.toString();
    }

    private static String lines(String... lines) {
        return Stream.of(lines).collect(Collectors.joining(System.lineSeparator()));
    }

    @Test
    void policies_asAlignedTable_withCurrentOneMarked() {
        List<PolicyInfo> policies = List.of(Samples.standby("winselector", 100, 30), Samples.current());
        String table = lines(
                "  NAME         RANK  STATE    DRIVER    LOOPS  BUNDLE",
                "  winselector   100  standby  selector      0  aio.policy.winselector [12]",
                "* default       min  current  selector      1  aio.policy.default [9]");
        assertThat(shown(policies, Converter.INSPECT)).isEqualTo(table);
        assertThat(shown(policies.toArray(), Converter.INSPECT)).isEqualTo(table);
        assertThat(shown(policies.toArray(PolicyInfo[]::new), Converter.INSPECT)).isEqualTo(table);
        assertThat(shown(new View<>(Style.POLICIES, policies, List.of("note")), Converter.INSPECT))
                .isEqualTo(lines(table, "note"));
    }

    @Test
    void policies_ofAnotherSystem_sayWhatTheyAreMadeFor() {
        assertThat(Texts.origin(Samples.standby("foreign", 1, 2)))
                .isEqualTo("aio.policy.foreign [12], made for Elsewhere");
        assertThat(Texts.origin(Samples.standby("winselector", 1, 2))).isEqualTo("aio.policy.winselector [12]");
    }

    @Test
    void policy_alone_atEveryLevel() {
        assertThat(shown(Samples.current(), Converter.INSPECT)).isEqualTo(lines(
                "  NAME     RANK  STATE    DRIVER    LOOPS  BUNDLE",
                "* default   min  current  selector      1  aio.policy.default [9]"));
        assertThat(shown(Samples.current(), Converter.LINE))
                .isEqualTo("default (rank min, current, selector, aio.policy.default [9])");
        assertThat(shown(Samples.current(), Converter.PART)).isEqualTo("default");
    }

    @Test
    void policies_ofOneName_areToldApartByServiceId() {
        List<PolicyInfo> policies = List.of(Samples.standby("loud", 200, 40), Samples.standby("loud", 200, 41));
        assertThat(shown(policies, Converter.INSPECT)).contains("loud (service 40)", "loud (service 41)");
    }

    @Test
    void policy_pinnedAndByCode_saysSo() {
        assertThat(shown(Samples.pinnedByCode("mine"), Converter.LINE))
                .isEqualTo("mine (rank max, current, pinned, selector, code)");
    }

    @Test
    void reasons_belowEachPolicy() {
        View<PolicyInfo> view = new View<>(Style.REASONS, List.of(Samples.current()), List.of());
        assertThat(shown(view, Converter.INSPECT)).isEqualTo(lines(
                "* default: current, rank min, from aio.policy.default [9]", "    it is the only one"));
    }

    @Test
    void change_alone_isOneLine() {
        PolicyChange change = new Samples.Change(1, "default", "winselector", List.of());
        String line = "policy: default -> winselector (rank 100, service arrived)";
        assertThat(shown(change, Converter.INSPECT)).isEqualTo(line);
        assertThat(shown(change, Converter.LINE)).isEqualTo(line);
        assertThat(shown(change, Converter.PART)).isEqualTo("default -> winselector");
    }

    @Test
    void changes_asTable_withWhatStayedBelow() {
        List<PolicyChange> changes = List.of(
                new Samples.Change(9, "none", "default", List.of()),
                new Samples.Change(10, "default", "loud", 1, List.of("loop 'x' is blocked")));
        assertThat(shown(changes, Converter.INSPECT).lines().map(line -> line.replaceFirst("20\\S+ \\S+", "WHEN")))
                .containsExactly(
                        "   #  WHEN                 FROM     TO       CAUSE                      WHO"
                                + "                          LOOPS  KEPT  LOST   PAUSE    TOOK",
                        "   9  WHEN  none     default  rank 100, service arrived  aio.policy.winselector [12]"
                                + "      1     3     0  0.4 ms  2.0 ms",
                        "  10  WHEN  default  loud     rank 100, service arrived  aio.policy.winselector [12]"
                                + "      1     3     0  0.4 ms  2.0 ms",
                        "    still to follow: 1 loop",
                        "    stayed: loop 'x' is blocked");
    }

    @Test
    void loops_asTable_andAloneInDetail() {
        LoopInfo running = new Samples.Loop("shared", Optional.of("aio-shared"),
                Optional.of(new BundleId("aio.policy.default", 9)), 2);
        LoopInfo idle = new Samples.Loop("mine", "", 0);
        assertThat(shown(List.of(running, idle), Converter.INSPECT)).isEqualTo(lines(
                "  NAME    STATE    DRIVER                                FOLLOWS  CONNECTIONS  LISTENERS  TIMERS"
                        + "  TASKS  THREAD",
                "  shared  running  selector from aio.policy.default [9]  yes                3          2       4"
                        + "      0  aio-shared",
                "  mine    idle     selector                              yes                3          2       4"
                        + "      0"));
        assertThat(shown(running, Converter.INSPECT)).isEqualTo(lines(
                "shared: running in thread \"aio-shared\", managed",
                "  driver   selector from aio.policy.default [9], follows the policy",
                "  sockets  3 connections, 2 listeners, 0 connects in progress, "
                        + "1 datagram endpoint, 1 watched descriptor",
                "  work     0 ready callbacks, 4 timers, 0 tasks, 17 turns",
                "  swaps    2 exchanges, longest pause of the last 0.4 ms"));
        assertThat(shown(idle, Converter.LINE)).isEqualTo("mine (idle, selector, 3 connections)");
        assertThat(shown(idle, Converter.PART)).isEqualTo("mine");
    }

    @Test
    void emptyView_showsItsNoteAlone() {
        assertThat(shown(new View<LoopInfo>(Style.LOOPS, List.of(), List.of("no loop is open")), Converter.INSPECT))
                .isEqualTo("no loop is open");
    }

    @Test
    void everythingElse_isLeftToOthers() {
        List<Object> foreigners =
                List.of("text", 5, List.of(), List.of("text"), List.of(Samples.current(), "text"), new int[1]);
        for (Object foreign : foreigners) {
            assertThat(shown(foreign, Converter.INSPECT)).isEqualTo("(left to others)");
            assertThat(shown(foreign, Converter.LINE)).isEqualTo("(left to others)");
            assertThat(shown(foreign, Converter.PART)).isEqualTo("(left to others)");
        }
        assertThat(converter.convert(PolicyInfo.class, "default")).isNull();
    }
}
