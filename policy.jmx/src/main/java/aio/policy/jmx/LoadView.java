package aio.policy.jmx;

import aio.loop.UserLoad;

/** What a loop is busy with, as JMX shows it. */
public final class LoadView {
    private final UserLoad load;

    LoadView(UserLoad load) {
        this.load = load;
    }

    /** Returns the class of the callback or protocol, or the driver; empty for what has no owner. */
    public String getType() {
        return load.type().orElse("");
    }

    /** Returns the bundle of that; empty if it is of none. */
    public String getBundle() {
        return load.bundle().map(Object::toString).orElse("");
    }

    /** Returns the name of the loop. */
    public String getLoop() {
        return load.loop();
    }

    /** Returns how long the loop was busy with it. */
    public double getBusySeconds() {
        return StatisticsView.seconds(load.busy());
    }
}
