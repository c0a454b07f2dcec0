package aio.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aio.bench.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands give figures; their values do not matter here. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class MicroSmokeTest {
    @TempDir
    Path results;

    @Test
    void callbacks() throws Exception {
        Callbacks.run(tiny("--subjects", "aio selector", "--cases", "ping-pong"));
        assertThat(figures("callbacks")).containsExactly("callbacks,ping-pong,aio selector,1,time,ns");
    }

    @Test
    void timers() throws Exception {
        Timers.run(tiny("--subjects", "PriorityQueue", "--sizes", "1000"));
        assertThat(figures("timers")).hasSize(5)
                .contains("timers,add and fire x 1000,PriorityQueue,1,time,ns",
                        "timers,cancel and sweep x 1000,PriorityQueue,1,time,ns");
    }

    @Test
    void lookup() throws Exception {
        Lookup.run(tiny("--subjects", "aio,service look-up", "--cases", "policy"));
        assertThat(figures("lookup")).containsExactlyInAnyOrder(
                "lookup,policy,aio,1,time,ns", "lookup,policy,service look-up,1,time,ns");
    }

    @Test
    void allocation() throws Exception {
        Allocation.run(tiny("--subjects", "Netty NIO", "--cases", "callLater,echo"));
        assertThat(figures("allocation")).containsExactlyInAnyOrder(
                "allocation,callLater,Netty NIO,1,alloc,B", "allocation,echo 1 KiB,Netty NIO,1,alloc,B");
    }

    @Test
    void aChoiceOfNothingIsRefusedAndLeavesTheFiguresThatThereAre() throws Exception {
        Path kept = Files.writeString(results.resolve("lookup.csv"), "kept");
        assertThatIllegalArgumentException().isThrownBy(() -> Lookup.run(tiny("--cases", "politics")))
                .withMessageContaining("--cases politics").withMessageContaining("running loop");
        assertThatIllegalArgumentException().isThrownBy(() -> Lookup.run(tiny("--subjects", "nobody")))
                .withMessageContaining("--subjects nobody").withMessageContaining("service look-up");
        assertThat(kept).hasContent("kept");
    }

    private Options tiny(String... more) {
        List<String> options = new ArrayList<>(
                List.of("--rounds", "1", "--seconds", "0.001", "--results", results.toString()));
        options.addAll(List.of(more));
        return new Options(options);
    }

    /** Returns the lines without their values, which are above zero. */
    private List<String> figures(String table) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(results.resolve(table + ".csv"))) {
            if (line.startsWith(table + ",") && !line.endsWith(",unit")) {
                String[] parts = line.split(",");
                assertThat(Double.parseDouble(parts[5])).as(line).isFinite().isPositive();
                lines.add(line.replace("," + parts[5] + ",", ","));
            }
        }
        return lines;
    }
}
