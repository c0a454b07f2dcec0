package aio.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import aio.bench.Fonts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DrawingTest {
    private static final int MOST = 60_000;

    @BeforeAll
    static void fontsAreThere() {
        Fonts.assumeThere();
    }

    @Test
    void barsAreSmallAlwaysTheSameAndCarryTheirFigures() throws Exception {
        check("echo", "aio selector: 64 B x 32 = 8.88;");
    }

    @Test
    void growthIsSmallAlwaysTheSameAndCarriesItsFigures() throws Exception {
        check("growth-connections", "10000 connections = 14.2;");
    }

    private static void check(String name, String figures) throws Exception {
        Chart chart = Tables.named(name).orElseThrow().charts().get(0);
        String drawn = new Drawing(chart, Sampled.table(name)).draw();
        assertThat(drawn).hasSizeLessThan(MOST).contains("<title", "<text", "java.nio", figures)
                .doesNotContain(Measured.CONTROL)
                .isEqualTo(new Drawing(chart, Sampled.table(name)).draw());
    }
}
