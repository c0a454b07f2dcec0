package aio.core.statistics;

import aio.loop.Distribution;
import aio.loop.LoopStatistics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What a {@link Meter} had counted at an instant, or between two. Immutable. */
public final class Statistics implements LoopStatistics {
    private final String loop;
    private final Duration age;
    private final Duration busy;
    private final Duration waiting;
    private final long turns;
    private final Map<Count, Long> counts;
    private final Distribution delay;
    private final Distribution timerDelay;
    private final Distribution pauses;

    private Statistics(String loop, Duration age, Duration busy, Duration waiting, long turns,
            Map<Count, Long> counts, Distribution delay, Distribution timerDelay, Distribution pauses) {
        this.loop = loop;
        this.age = age;
        this.busy = busy;
        this.waiting = waiting;
        this.turns = turns;
        this.counts = counts;
        this.delay = delay;
        this.timerDelay = timerDelay;
        this.pauses = pauses;
    }

    /** Reads a meter. Any thread. */
    public static LoopStatistics of(String loop, Meter meter, long turns) {
        Map<Count, Long> counts = new EnumMap<>(Count.class);
        for (Count each : Count.values()) {
            counts.put(each, meter.get(each));
        }
        Duration age = Duration.ofNanos(System.nanoTime() - meter.madeAt());
        return new Statistics(loop, age, Duration.ofNanos(meter.busy()), Duration.ofNanos(meter.waited()), turns,
                counts, meter.delay().snapshot(), meter.timerDelay().snapshot(), meter.pauses().snapshot());
    }

    @Override
    public LoopStatistics since(LoopStatistics earlier) {
        if (!(earlier instanceof Statistics before)) {
            throw new IllegalArgumentException("expected statistics of the same loop, not "
                    + earlier.getClass().getName());
        }
        Map<Count, Long> between = new EnumMap<>(Count.class);
        counts.forEach((what, now) -> between.put(what, what == Count.QUEUED ? now : now - before.get(what)));
        return new Statistics(loop, age.minus(before.age), between(before.busy, busy),
                between(before.waiting, waiting), turns - before.turns, between, delay.since(before.delay),
                timerDelay.since(before.timerDelay), pauses.since(before.pauses));
    }

    /** Returns the difference, not below zero: a reading may miss the end of what is under way. */
    private static Duration between(Duration earlier, Duration later) {
        return later.compareTo(earlier) < 0 ? Duration.ZERO : later.minus(earlier);
    }

    private long get(Count what) {
        return counts.getOrDefault(what, 0L);
    }

    @Override
    public String loop() {
        return loop;
    }

    @Override
    public Duration age() {
        return age;
    }

    @Override
    public Duration busy() {
        return busy;
    }

    @Override
    public Duration waiting() {
        return waiting;
    }

    @Override
    public double utilization() {
        double all = (double) busy().toNanos() + waiting.toNanos();
        return all == 0 ? 0 : busy().toNanos() / all;
    }

    @Override
    public Distribution delay() {
        return delay;
    }

    @Override
    public Distribution timerDelay() {
        return timerDelay;
    }

    @Override
    public long turns() {
        return turns;
    }

    @Override
    public long callbacks() {
        return get(Count.CALLBACKS);
    }

    @Override
    public long timers() {
        return get(Count.TIMERS);
    }

    @Override
    public long bytesReceived() {
        return get(Count.RECEIVED);
    }

    @Override
    public long bytesSent() {
        return get(Count.SENT);
    }

    @Override
    public long bytesQueued() {
        return get(Count.QUEUED);
    }

    @Override
    public long accepted() {
        return get(Count.ACCEPTED);
    }

    @Override
    public long acceptsFailed() {
        return get(Count.ACCEPTS_FAILED);
    }

    @Override
    public long connected() {
        return get(Count.CONNECTED);
    }

    @Override
    public long connectsFailed() {
        return get(Count.CONNECTS_FAILED);
    }

    @Override
    public long ended() {
        return get(Count.ENDED);
    }

    @Override
    public long lost() {
        return get(Count.LOST);
    }

    @Override
    public long handshakes() {
        return get(Count.HANDSHAKES);
    }

    @Override
    public long handshakesFailed() {
        return get(Count.HANDSHAKES_FAILED);
    }

    @Override
    public Distribution pauses() {
        return pauses;
    }

    @Override
    public String toString() {
        return turns() + " turns, busy " + Math.round(100 * utilization()) + " %, delay: " + delay;
    }
}
