package aio.policy.jmx;

import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.LoopStatistics;

/** The bean of one loop. */
final class OneLoop implements LoopMXBean {
    private final EventLoop loop;

    OneLoop(EventLoop loop) {
        this.loop = loop;
    }

    private LoopInfo info() {
        return loop.info();
    }

    private LoopStatistics statistics() {
        return loop.statistics();
    }

    @Override
    public String getState() {
        return info().state().toString();
    }

    @Override
    public String getThread() {
        return info().thread().orElse("");
    }

    @Override
    public String getDriver() {
        return info().driver().orElse("parked");
    }

    @Override
    public String getDriverBundle() {
        return info().driverBundle().map(Object::toString).orElse("");
    }

    @Override
    public int getConnections() {
        return info().connections();
    }

    @Override
    public int getPendingCallbacks() {
        return info().ready();
    }

    @Override
    public int getPendingTimers() {
        return info().timers();
    }

    @Override
    public int getPendingTasks() {
        return info().tasks();
    }

    @Override
    public double getUtilization() {
        return statistics().utilization();
    }

    @Override
    public double getBusySeconds() {
        return StatisticsView.seconds(statistics().busy());
    }

    @Override
    public double getWaitingSeconds() {
        return StatisticsView.seconds(statistics().waiting());
    }

    @Override
    public double getDelayP50Seconds() {
        return StatisticsView.seconds(statistics().delay().percentile(50));
    }

    @Override
    public double getDelayP99Seconds() {
        return StatisticsView.seconds(statistics().delay().percentile(99));
    }

    @Override
    public double getDelayMaxSeconds() {
        return StatisticsView.seconds(statistics().delay().longest());
    }

    @Override
    public double getTimerDelayP99Seconds() {
        return StatisticsView.seconds(statistics().timerDelay().percentile(99));
    }

    @Override
    public long getTurns() {
        return statistics().turns();
    }

    @Override
    public long getCallbacks() {
        return statistics().callbacks();
    }

    @Override
    public long getBytesReceived() {
        return statistics().bytesReceived();
    }

    @Override
    public long getBytesSent() {
        return statistics().bytesSent();
    }

    @Override
    public long getBytesQueued() {
        return statistics().bytesQueued();
    }

    @Override
    public long getAccepted() {
        return statistics().accepted();
    }

    @Override
    public long getAcceptsFailed() {
        return statistics().acceptsFailed();
    }

    @Override
    public long getConnected() {
        return statistics().connected();
    }

    @Override
    public long getConnectsFailed() {
        return statistics().connectsFailed();
    }

    @Override
    public long getConnectionsEnded() {
        return statistics().ended();
    }

    @Override
    public long getConnectionsLost() {
        return statistics().lost();
    }

    @Override
    public long getHandshakes() {
        return statistics().handshakes();
    }

    @Override
    public long getHandshakesFailed() {
        return statistics().handshakesFailed();
    }

    @Override
    public long getExchanges() {
        return info().exchanges();
    }

    @Override
    public double getPauseMaxSeconds() {
        return StatisticsView.seconds(statistics().pauses().longest());
    }
}
