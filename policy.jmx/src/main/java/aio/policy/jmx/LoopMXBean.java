package aio.policy.jmx;

/**
 * {@code aio:type=Loop,name="…"}: one managed loop, an attribute for each figure, as exporters like it. Times are in
 * seconds, and count from when the loop was made. Any thread.
 */
public interface LoopMXBean {

    /** Returns {@code running}, {@code idle} or {@code closed}. */
    String getState();

    /** Returns the name of the thread that runs it; empty if none does. */
    String getThread();

    /** Returns the name of the driver; {@code parked} if there is none. */
    String getDriver();

    /** Returns the bundle of the driver. */
    String getDriverBundle();

    /** Returns how many connections are open. */
    int getConnections();

    /** Returns how many callbacks are ready to run. */
    int getPendingCallbacks();

    /** Returns how many timers are scheduled. */
    int getPendingTimers();

    /** Returns how many tasks are not done. */
    int getPendingTasks();

    /** Returns the share of its time that the loop was at work: from 0 to 1. */
    double getUtilization();

    /** Returns how long the loop was at work. */
    double getBusySeconds();

    /** Returns how long the loop waited. */
    double getWaitingSeconds();

    /** Returns the lag that half of all looks for I/O did not exceed. */
    double getDelayP50Seconds();

    /** Returns the lag that 99 of 100 looks for I/O did not exceed. */
    double getDelayP99Seconds();

    /** Returns the longest lag. */
    double getDelayMaxSeconds();

    /** Returns how late 99 of 100 timers were at most. */
    double getTimerDelayP99Seconds();

    /** Returns how many turns were made. */
    long getTurns();

    /** Returns how many callbacks were run. */
    long getCallbacks();

    /** Returns how many bytes connections have received. */
    long getBytesReceived();

    /** Returns how many bytes were given to connections to be sent. */
    long getBytesSent();

    /** Returns how many bytes wait to be sent. */
    long getBytesQueued();

    /** Returns how many connections were accepted. */
    long getAccepted();

    /** Returns how many accepts have failed. */
    long getAcceptsFailed();

    /** Returns how many connections were made to others. */
    long getConnected();

    /** Returns how many connects have failed. */
    long getConnectsFailed();

    /** Returns how many connections ended in order. */
    long getConnectionsEnded();

    /** Returns how many connections were lost with a cause. */
    long getConnectionsLost();

    /** Returns how many TLS handshakes were completed. */
    long getHandshakes();

    /** Returns how many TLS handshakes have failed. */
    long getHandshakesFailed();

    /** Returns how often the driver was exchanged. */
    long getExchanges();

    /** Returns the longest pause of all exchanges. */
    double getPauseMaxSeconds();
}
