package aio.bench.swap;

import aio.bench.Samples;

/** How long arrivals and departures of a policy took in one round. */
record Durations(Samples arrivals, Samples departures) {
    Durations() {
        this(new Samples(), new Samples());
    }
}
