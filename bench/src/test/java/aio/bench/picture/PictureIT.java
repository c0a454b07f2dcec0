package aio.bench.picture;

import static org.assertj.core.api.Assertions.assertThat;

import aio.bench.Fonts;
import aio.bench.Options;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The picture of a short run of the real container. */
@Timeout(120)
class PictureIT {
    private static final int CONNECTIONS = 20;

    @Test
    void swapsUnderTrafficAreDrawnAndLoseNothing() throws Exception {
        Recording recording = Picture.record(new Options(List.of("--jar", System.getProperty("aio.jar"), "--warmup",
                "200", "--between", "300", "--slice", "50", "--connections", Integer.toString(CONNECTIONS))));
        assertThat(recording.losses()).isEmpty();
        assertThat(recording.swaps()).extracting(Swap::policy)
                .containsExactly("winproactor", "winselector", "winproactor", "default");
        assertThat(recording.swaps()).extracting(Swap::driver)
                .containsExactly("proactor", "selector", "proactor", "selector");
        assertThat(recording.swaps()).allSatisfy(swap -> {
            assertThat(swap.kept()).isEqualTo(CONNECTIONS);
            assertThat(swap.lost()).isZero();
        });
        assertThat(recording.slices().stream().mapToLong(Slice::echoes).sum()).isPositive();
        Fonts.assumeThere();
        Drawn.requireWhole(new RecordingDrawing(recording).draw());
    }
}
