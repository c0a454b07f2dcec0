package aio.policy.jmx;

import aio.loop.LoopInfo;

/** One loop, in the table of all. */
public final class LoopView {
    private final LoopInfo info;

    LoopView(LoopInfo info) {
        this.info = info;
    }

    /** Returns its name. */
    public String getName() {
        return info.name();
    }

    /** Returns {@code running}, {@code idle} or {@code closed}. */
    public String getState() {
        return info.state().toString();
    }

    /** Returns the name of its driver; {@code parked} if there is none. */
    public String getDriver() {
        return info.driver().orElse("parked");
    }

    /** Tells whether it follows the process-wide policy. */
    public boolean isFollowing() {
        return info.follows();
    }

    /** Returns how many connections are open. */
    public int getConnections() {
        return info.connections();
    }

    /** Returns how often the driver was exchanged. */
    public long getExchanges() {
        return info.exchanges();
    }
}
