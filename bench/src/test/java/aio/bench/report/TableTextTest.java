package aio.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableTextTest {
    private String text;

    @BeforeEach
    void write() throws Exception {
        text = TableText.of(Tables.named("echo").orElseThrow(), Sampled.table("echo"));
    }

    @Test
    void goalsAreJudgedForEachCase() {
        assertThat(text).contains(
                "| case | subject | goal | measured | A/A | goal is |\n",
                "| 64 B x 32 | aio selector | CPU per request: at least 0.95 of java.nio | 0.98 | 1.00 | reached |\n",
                "| 1 KiB x 32 | aio selector | throughput: at least 1.05 of Netty epoll | 1.15 | 1.00 | reached |\n")
                .doesNotContain("100 KiB x 32 | aio selector | throughput: at least 1.05 of Netty epoll");
    }

    @Test
    void figuresHaveMedianSpreadAndRatio() {
        assertThat(text).contains(
                "| case | subject | CPU per request, us | ratio | throughput, 1/s | ratio |\n",
                "| 64 B x 32 | aio selector | 8.88 (8.30–9.46) | 0.98 | 101,360 (95,180–108,385) | 0.98 |\n",
                "|  | java.nio | 8.70 (8.14–9.27) | 1.00 |",
                "|  | Netty epoll | 10.2 (9.55–10.9) | 0.85 |");
    }

    @Test
    void aLoudControlIsNamed() {
        assertThat(text).contains("A/A, the same subject twice: 1.00 to 1.20.",
                "**Off by more than 10 %", "100 KiB x 32, aio selector, cpu 1.20")
                .doesNotContain(" 1 KiB x 32, aio selector, cpu");
    }

    @Test
    void whatIsMissingAndWhereItRanIsSaid() {
        assertThat(text).contains("Left out: uvloop: no Python has it.",
                "Not in this run: aio proactor, NIO.2, Netty NIO, Netty io_uring, Vert.x, asyncio, C epoll.",
                "of 10 rounds.",
                "`bench/run echo --rounds 10`, OpenJDK 64-Bit Server VM 17.0.15, Example CPU @ 2.00GHz, cores: 2");
    }

    @Test
    void fewRoundsAndNoControlAreSaid() throws Exception {
        assertThat(TableText.of(Tables.named("growth-connections").orElseThrow(), Sampled.table("growth-connections")))
                .contains("This run has no A/A control.", "of 3 rounds, which is too few",
                        "](growth-connections.svg)");
    }
}
