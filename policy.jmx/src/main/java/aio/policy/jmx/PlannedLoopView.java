package aio.policy.jmx;

import aio.policy.PolicyPlan.PlannedLoop;

/** What one loop would do, as JMX shows it. */
public final class PlannedLoopView {
    private final PlannedLoop loop;

    PlannedLoopView(PlannedLoop loop) {
        this.loop = loop;
    }

    /** Returns the name of the loop. */
    public String getLoop() {
        return loop.loop();
    }

    /** Returns the name of its driver; {@code parked} if there is none. */
    public String getDriver() {
        return loop.driver().orElse("parked");
    }

    /** Returns {@code moves}, {@code moves later} or {@code stays}. */
    public String getStep() {
        return loop.step().toString();
    }

    /** Returns why, in a sentence. */
    public String getWhy() {
        return loop.why();
    }

    /** Returns how many connections would be carried over if it moves. */
    public int getConnections() {
        return loop.connections();
    }
}
