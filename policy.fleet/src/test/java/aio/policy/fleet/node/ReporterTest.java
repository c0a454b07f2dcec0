package aio.policy.fleet.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often figures are told: what a whole fleet writes has a bound. */
@Timeout(60)
class ReporterTest {
    @Test
    void theLargerTheFleet_theRarerAreFigures_inARollOut() {
        List<Duration> pauses = Stream.of(0, 1, 100, 1_000, 10_000).map(Reporter::pause).map(Duration::ofNanos)
                .toList();
        assertThat(pauses).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(2),
                Duration.ofSeconds(20), Duration.ofSeconds(30));
    }
}
