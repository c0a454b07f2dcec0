package aio.policy.health;

import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Is the policy that is expected the current one? Without a configuration any policy will do. */
@Component(
        configurationPid = "aio.policy.health.current",
        property = {"hc.name=aio: current policy", "hc.tags=aio", "hc.tags=policy", "hc.mbean.name=aioCurrentPolicy"})
@Designate(ocd = CurrentPolicyCheck.Config.class)
public final class CurrentPolicyCheck implements HealthCheck {
    private final PolicyDirectory policies;
    private final String expected;
    private final String driver;

    /** What is expected. */
    @ObjectClassDefinition(name = "aio health: current policy", description = "Which policy and driver are expected")
    public @interface Config {
        /** Returns the name of a policy. */
        @AttributeDefinition(
                name = "Policy",
                description = "Name of the policy that must be current; empty for any",
                required = false)
        String policy() default "";

        /** Returns the name of a driver. */
        @AttributeDefinition(
                name = "Driver",
                description = "Name of the driver that it must bring; empty for any",
                required = false)
        String driver() default "";
    }

    /** For the service component runtime. */
    @Activate
    public CurrentPolicyCheck(@Reference PolicyDirectory policies, Config config) {
        this.policies = policies;
        this.expected = config.policy();
        this.driver = config.driver();
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        PolicyInfo current = policies.current().orElse(null);
        if (current == null) {
            log.critical("no policy is current, expected one: start a bundle that brings one,"
                    + " such as aio.policy.default");
            return new Result(log);
        }
        String engine = current.driver().orElse("none");
        log.info("current: '{}', driver '{}'", current.name(), engine);
        if (!expected.isEmpty() && !expected.equals(current.name())) {
            log.critical("the policy is '{}', expected '{}': policy:why says why it is not current", current.name(),
                    expected);
        }
        if (!driver.isEmpty() && !driver.equals(engine)) {
            log.critical("the driver is '{}', expected '{}': policy:use a policy that brings it", engine, driver);
        }
        return new Result(log);
    }
}
