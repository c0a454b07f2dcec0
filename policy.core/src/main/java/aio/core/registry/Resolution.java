package aio.core.registry;

import aio.policy.EventLoopPolicy;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/** The object of a candidate and the driver that it brings. Immutable. */
record Resolution(
        EventLoopPolicy policy, @Nullable IoDriverFactory driver, String driverName, @Nullable String problem) {
    private static final String AGAIN =
            "; mend it, then it is tried again when the service is modified or registered again";
    private static final Logger LOG = System.getLogger("aio.policy");

    /** What came of resolving a candidate: one of the two. */
    record Attempt(@Nullable Resolution found, @Nullable String refusal) {}

    /** Gets the policy of a candidate and asks it for its driver: user code, to be called without a lock. */
    static Attempt attempt(Candidate candidate) {
        try {
            EventLoopPolicy policy = candidate.provider.get();
            return policy != null
                    ? new Attempt(of(policy), null)
                    : new Attempt(null, "the service gave null: its component failed to activate, see the log" + AGAIN);
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            LOG.log(Level.WARNING, "policy: '" + candidate.name() + "' is refused, the next one is taken", e);
            return new Attempt(null, "getting the policy failed: " + e + AGAIN);
        }
    }

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
