package aio.example.loud;

import aio.driver.selector.SelectorDriverFactory;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.policy.PolicyProperties;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reports every new loop; the custom policy of asyncio's documentation. Any thread. */
@Component(service = EventLoopPolicy.class)
@PolicyProperties(aio_policy_name = "loud", service_ranking = 200)
@Capability(namespace = EventLoopPolicy.CAPABILITY, name = "loud")
public class LoudPolicy extends AbstractEventLoopPolicy {
    private static final System.Logger LOG = System.getLogger(LoudPolicy.class.getName());

    /** Makes the policy as a component. */
    @Activate
    public LoudPolicy(@Reference LoopFactory loops) {
        super(loops, new SelectorDriverFactory());
    }

    @Override
    public EventLoop newEventLoop(LoopOptions options) {
        EventLoop loop = super.newEventLoop(options);
        LOG.log(System.Logger.Level.INFO, "new event loop '" + loop.name() + "'");
        return loop;
    }
}
