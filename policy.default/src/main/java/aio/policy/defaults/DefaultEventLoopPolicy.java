package aio.policy.defaults;

import aio.driver.proactor.ProactorDriverFactory;
import aio.driver.selector.SelectorDriverFactory;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.policy.PolicyProperties;
import aio.spi.IoDriverFactory;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The process-wide policy unless another one outranks it, as {@code asyncio.DefaultEventLoopPolicy}: a current loop for
 * each thread, loops on the selector (on Windows on the completion driver, where asyncio's are, too), a child watcher.
 * Its ranking is the lowest there is.
 *
 * <p>Thread safety: any thread.
 */
@Component(service = EventLoopPolicy.class, configurationPid = "aio.policy." + DefaultEventLoopPolicy.NAME)
@Designate(ocd = DefaultEventLoopPolicy.Config.class)
@PolicyProperties(aio_policy_name = DefaultEventLoopPolicy.NAME, service_ranking = DefaultEventLoopPolicy.RANKING)
@Capability(namespace = EventLoopPolicy.CAPABILITY, name = DefaultEventLoopPolicy.NAME)
public class DefaultEventLoopPolicy extends AbstractEventLoopPolicy {
    static final String NAME = "default";
    static final int RANKING = Integer.MIN_VALUE;

    /** What can be configured. */
    @ObjectClassDefinition(name = "aio policy default", description = "The policy that everything falls back to")
    @interface Config {

        @AttributeDefinition(
                name = "Ranking",
                description = "The policy with the highest ranking is the process-wide one; an Integer",
                min = "-2147483648",
                max = "2147483647",
                required = false)
        int service_ranking() default RANKING;
    }

    /** Makes the policy for a plain class path. */
    public DefaultEventLoopPolicy() {
        this(LoopFactory.ofClassPath());
    }

    /** Makes the policy as a component. */
    @Activate
    public DefaultEventLoopPolicy(@Reference LoopFactory loops) {
        super(loops, driverFor(System.getProperty("os.name", "")));
    }

    /** A changed ranking is a changed property of the service: the policy stays, and is not swapped away and back. */
    @Modified
    void modified() {}

    /** Returns a driver of the kind that a system's loops are on; {@code osName} as in the property {@code os.name}. */
    static IoDriverFactory driverFor(String osName) {
        return osName.startsWith("Windows") ? new ProactorDriverFactory() : new SelectorDriverFactory();
    }
}
