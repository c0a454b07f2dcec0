package aio.core.registry;

import aio.core.foreign.CoreLog;
import aio.core.foreign.DriverCalls;
import aio.core.foreign.ForeignFailure;
import aio.core.foreign.PolicyCalls;
import aio.core.foreign.Text;
import aio.core.foreign.Wall;
import aio.policy.EventLoopPolicy;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The object of a candidate and the driver that it brings. Immutable. */
record Resolution(
        EventLoopPolicy policy,
        @Nullable IoDriverFactory driver,
        @Nullable String driverName,
        @Nullable String problem) {
    private static final String AGAIN =
            "; mend it, then it is tried again when the service is modified or registered again";
    private static final CoreLog LOG = CoreLog.POLICY;

    /** What came of resolving a candidate: one of the two. */
    record Attempt(@Nullable Resolution found, @Nullable String refusal) {}

    /** Gets the policy of a candidate and asks it for its driver: user code, without a lock. Never throws. */
    static Attempt attempt(Candidate candidate) {
        EventLoopPolicy policy;
        try {
            policy = Wall.call(candidate.provider::get);
        } catch (ForeignFailure e) {
            return refused(candidate, "getting the policy failed: " + e.text(), e);
        }
        if (policy == null) {
            return new Attempt(null, "the service gave null: its component failed to activate, see the log" + AGAIN);
        }
        try {
            return new Attempt(asked(policy), null);
        } catch (ForeignFailure e) {
            giveBack(candidate, policy);
            return refused(candidate, nameOf(policy) + ".driver() failed: " + e.text(), e);
        }
    }

    private static Attempt refused(Candidate candidate, String reason, ForeignFailure failure) {
        LOG.log(Level.WARNING, "policy: " + candidate.text() + " is refused, the next one is taken",
                failure.failure());
        return new Attempt(null, reason + AGAIN);
    }

    /** Gives back what the provider of a candidate has given; without a lock. */
    static void giveBack(Candidate candidate, EventLoopPolicy policy) {
        try {
            Wall.run(() -> candidate.provider.release(policy));
        } catch (ForeignFailure e) {
            String message = "policy: " + candidate.text() + " could not be given back";
            LOG.log(Level.WARNING, message, e.failure());
        }
    }

    /** Asks a policy that code has installed for its driver: user code, to be called without a lock. Never throws. */
    static Resolution of(EventLoopPolicy policy) {
        try {
            return asked(policy);
        } catch (ForeignFailure e) {
            String asked = nameOf(policy) + ".driver()";
            LOG.log(Level.WARNING, "policy: " + asked + " failed, the policy is used for new loops only",
                    e.failure());
            return withoutDriver(policy, asked + " failed: " + e.text());
        }
    }

    private static Resolution asked(EventLoopPolicy policy) throws ForeignFailure {
        Optional<IoDriverFactory> answer = PolicyCalls.driver(policy);
        if (answer == null) {
            return withoutDriver(policy, nameOf(policy) + ".driver() returned null, expected an Optional");
        }
        IoDriverFactory driver = answer.orElse(null);
        return new Resolution(policy, driver, driver == null ? null : DriverCalls.nameOf(driver), null);
    }

    private static String nameOf(EventLoopPolicy policy) {
        return Text.ofInstance(policy);
    }

    private static Resolution withoutDriver(EventLoopPolicy policy, String problem) {
        return new Resolution(policy, null, null, problem + ": new loops only, running loops keep their driver;"
                + " mend the policy and register it again");
    }
}
