package aio.bench.micro;

import java.time.Duration;

/** A delay in the forms that loops take, made before the clock runs. */
record Delay(long nanos, Duration duration) {
    static Delay ofNanos(long nanos) {
        return new Delay(nanos, Duration.ofNanos(nanos));
    }
}
