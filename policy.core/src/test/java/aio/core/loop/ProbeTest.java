package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.kernel.SleepingDriver;
import aio.spi.DriverFeature;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a driver is refused for before any loop depends on it, besides what contracts show with drivers that work. */
@Timeout(60)
class ProbeTest {
    private static @Nullable String problemOf(@Nullable Set<DriverFeature> features) throws Exception {
        return Probe.problemOf(new SleepingDriver("telling") {
            @Override
            public Set<DriverFeature> features() {
                return features;
            }
        }, TimeUnit.SECONDS.toNanos(20), () -> {});
    }

    @Test
    void aFactoryThatTellsNoFeatures_isRefused() throws Exception {
        assertThat(problemOf(null)).contains("telling", "returned null from features");
        assertThat(problemOf(new HashSet<>(Arrays.asList(DriverFeature.DATAGRAMS, null))))
                .contains("telling", "with null from features");
    }
}
