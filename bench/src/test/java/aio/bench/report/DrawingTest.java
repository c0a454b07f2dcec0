package aio.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DrawingTest {
    private static final int MOST = 60_000;

    static {
        System.setProperty("java.awt.headless", "true"); // before any class of AWT is loaded
    }

    /** A JDK in a bare container has no fonts, and then cannot draw. */
    @BeforeAll
    static void fontsAreThere() {
        boolean fonts;
        try {
            fonts = GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length > 0;
        } catch (LinkageError | InternalError | RuntimeException e) {
            fonts = false;
        }
        assumeTrue(fonts, "the JDK finds no fonts");
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
