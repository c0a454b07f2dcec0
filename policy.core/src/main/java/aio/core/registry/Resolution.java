package aio.core.registry;

import aio.policy.EventLoopPolicy;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The object of a candidate and the driver that it brings. Immutable. */
record Resolution(
        EventLoopPolicy policy, @Nullable IoDriverFactory driver, String driverName, @Nullable String problem) {
    private static final Logger LOG = System.getLogger("aio.policy");

    /** Asks the policy for its driver: user code, to be called without a lock. */
    static Resolution of(EventLoopPolicy policy) {
        String asked = policy.getClass().getName() + ".driver()";
        try {
            Optional<IoDriverFactory> answer = policy.driver();
            if (answer == null) {
                return withoutDriver(policy, asked + " answered null, expected an Optional");
            }
            return answer.isPresent() ? withDriver(policy, answer.get()) : new Resolution(policy, null, "-", null);
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.WARNING, "policy: " + asked + " failed, the policy is used for new loops only", e);
            return withoutDriver(policy, asked + " failed: " + e);
        }
    }

    private static Resolution withDriver(EventLoopPolicy policy, IoDriverFactory driver) {
        String name = driver.name();
        return new Resolution(policy, driver, name == null ? driver.getClass().getName() : name, null);
    }

    private static Resolution withoutDriver(EventLoopPolicy policy, String problem) {
        return new Resolution(policy, null, "-", problem + ": new loops only, running loops keep their driver;"
                + " mend the policy and register it again");
    }
}
