package aio.policy.health;

import aio.loop.LoopBlock;
import aio.loop.LoopDirectory;
import aio.loop.LoopStatistics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Checks that loops come to their work in time, and that none is held up now. Each check judges the time since the last
 * one; the first check, all time since the loop was made. Of several loops of one name it judges the first.
 */
@Component(
        configurationPid = LoopLagCheck.PID,
        property = {"hc.name=aio: lag of loops", "hc.tags=aio", "hc.tags=loop", "hc.mbean.name=aioLoopLag"})
@Designate(ocd = LoopLagCheck.Config.class)
public final class LoopLagCheck implements HealthCheck {
    static final String PID = "aio.policy.health.lag";

    private static final int LONGEST_MILLIS = 600_000;

    private final LoopDirectory loops;
    private final Duration limit;
    private Map<String, LoopStatistics> before = Map.of(); // guarded by this

    /** What is too late. */
    @ObjectClassDefinition(name = "aio health: lag of loops", description = "When a loop is late")
    public @interface Config {
        /** Returns the limit. */
        @AttributeDefinition(
                name = "Limit",
                description = "The lag that 99 of 100 looks for I/O of a loop may have, in milliseconds",
                min = "1",
                max = "600000",
                required = false)
        int limit_millis() default 100;
    }

    /** For the service component runtime. */
    @Activate
    public LoopLagCheck(@Reference LoopDirectory loops, Config config) {
        this.loops = loops;
        this.limit = limit(config.limit_millis());
    }

    private static Duration limit(int millis) {
        if (millis < 1 || millis > LONGEST_MILLIS) {
            throw new IllegalArgumentException("the lag of loops is not checked: limit.millis is " + millis
                    + ", expected a number from 1 to " + LONGEST_MILLIS + "; change it in the configuration " + PID);
        }
        return Duration.ofMillis(millis);
    }

    @Override
    public synchronized Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        Map<String, LoopStatistics> now = new HashMap<>();
        for (LoopStatistics statistics : loops.statistics()) {
            if (now.putIfAbsent(statistics.loop(), statistics) == null) {
                look(log, statistics);
            }
        }
        before = now;
        if (now.isEmpty()) { // a log without a line is a warning
            log.info("no loop is open");
        }
        for (LoopBlock block : loops.blocks()) {
            if (!block.isOver()) {
                log.critical("loop '{}' is held up for {} ms, expected at most {} ms: by {} {}: {}", block.loop(),
                        block.lasted().toMillis(), limit.toMillis(), block.culprit().orElse("nothing in particular"),
                        block.bundle().map(Object::toString).orElse(""), String.join(" < ", block.stack()));
            }
        }
        return new Result(log);
    }

    private void look(FormattingResultLog log, LoopStatistics now) {
        LoopStatistics last = before.get(now.loop());
        // what is older than itself is another loop of that name
        Duration lag = (last == null || last.age().compareTo(now.age()) > 0 ? now : now.since(last)).delay()
                .percentile(99);
        if (lag.compareTo(limit) > 0) {
            log.warn("loop '{}': 99 of 100 looks for I/O came within {} ms, expected {} ms: its callbacks take too"
                    + " long", now.loop(), lag.toMillis(), limit.toMillis());
        } else {
            log.info("loop '{}': lag {} us", now.loop(), lag.toNanos() / 1_000);
        }
    }
}
