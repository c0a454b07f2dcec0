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
import org.osgi.service.component.annotations.Reference;

/**
 * The process-wide policy unless another one outranks it, as {@code asyncio.DefaultEventLoopPolicy}: a current loop for
 * each thread, loops on the selector (on Windows on the completion driver, where asyncio's are, too), a child watcher. Its
 * ranking is the lowest there is.
 *
 * <p>Thread safety: any thread.
 */
@Component(service = EventLoopPolicy.class)
@PolicyProperties(aio_policy_name = DefaultEventLoopPolicy.NAME, service_ranking = Integer.MIN_VALUE)
@Capability(namespace = EventLoopPolicy.CAPABILITY, name = DefaultEventLoopPolicy.NAME)
public class DefaultEventLoopPolicy extends AbstractEventLoopPolicy {
    static final String NAME = "default";

    /** Makes the policy for a plain class path. */
    public DefaultEventLoopPolicy() {
        this(LoopFactory.ofClassPath());
    }

    /** Makes the policy as a component. */
    @Activate
    public DefaultEventLoopPolicy(@Reference LoopFactory loops) {
        super(loops, driverFor(System.getProperty("os.name", "")));
    }

    /** Returns a driver of the kind that a system's loops are on; {@code osName} as in the property {@code os.name}. */
    static IoDriverFactory driverFor(String osName) {
        return osName.startsWith("Windows") ? new ProactorDriverFactory() : new SelectorDriverFactory();
    }
}
