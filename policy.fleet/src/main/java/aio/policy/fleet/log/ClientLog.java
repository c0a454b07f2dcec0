package aio.policy.fleet.log;

import aio.policy.console.log.SafeLog;
import java.lang.System.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * What ZooKeeper's client says, for those who look for a fault: warnings at the level {@code DEBUG}, all else at {@code
 * TRACE}. What an operator has to know the node itself says. Any thread.
 */
final class ClientLog extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;
    private static final SafeLog LOG = SafeLog.POLICY;

    ClientLog(String name) {
        this.name = name;
    }

    private static boolean isOn(Level level) {
        return LOG.isLoggable(target(level));
    }

    private static Logger.Level target(Level level) {
        return level == Level.ERROR || level == Level.WARN ? Logger.Level.DEBUG : Logger.Level.TRACE;
    }

    @Override
    public boolean isTraceEnabled() {
        return isOn(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isOn(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isOn(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isOn(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isOn(Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(Level level, @Nullable Marker marker, String message,
            Object @Nullable [] arguments, @Nullable Throwable cause) {
        LOG.log(target(level), "zookeeper: " + name + ": "
                + MessageFormatter.basicArrayFormat(message, arguments), cause);
    }
}
