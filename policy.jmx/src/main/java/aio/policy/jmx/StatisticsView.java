package aio.policy.jmx;

import aio.loop.LoopStatistics;
import java.time.Duration;

/** What one loop has counted and timed since it was made, in the table of all. */
public final class StatisticsView {
    private final LoopStatistics statistics;

    StatisticsView(LoopStatistics statistics) {
        this.statistics = statistics;
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Returns the name of the loop. */
    public String getLoop() {
        return statistics.loop();
    }

    /** Returns the share of its time that the loop was at work: from 0 to 1. */
    public double getUtilization() {
        return statistics.utilization();
    }

    /** Returns the lag that 99 of 100 looks for I/O did not exceed. */
    public double getDelayP99Seconds() {
        return seconds(statistics.delay().percentile(99));
    }

    /** Returns the longest lag. */
    public double getDelayMaxSeconds() {
        return seconds(statistics.delay().longest());
    }

    /** Returns how many bytes connections have received. */
    public long getBytesReceived() {
        return statistics.bytesReceived();
    }

    /** Returns how many bytes were given to connections to be sent. */
    public long getBytesSent() {
        return statistics.bytesSent();
    }

    /** Returns how many connections were lost with a cause. */
    public long getConnectionsLost() {
        return statistics.lost();
    }
}
