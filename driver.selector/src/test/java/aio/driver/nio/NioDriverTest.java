package aio.driver.nio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NioDriverTest {

    @Test
    void timeout_isRoundedUpToMilliseconds() {
        assertThat(NioDriver.roundedUpToMillis(1)).isEqualTo(1);
        assertThat(NioDriver.roundedUpToMillis(999_999)).isEqualTo(1);
        assertThat(NioDriver.roundedUpToMillis(1_000_000)).isEqualTo(1);
        assertThat(NioDriver.roundedUpToMillis(1_000_001)).isEqualTo(2);
        assertThat(NioDriver.roundedUpToMillis(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE / 1_000_000 + 1);
    }
}
