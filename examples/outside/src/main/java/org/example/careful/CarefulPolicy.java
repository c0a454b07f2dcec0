package org.example.careful;

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

/** Loops that report slow callbacks, and calls from the wrong thread. */
@Component(service = EventLoopPolicy.class)
@PolicyProperties(aio_policy_name = "careful", service_ranking = 200)
@Capability(namespace = EventLoopPolicy.CAPABILITY, name = "careful")
public class CarefulPolicy extends AbstractEventLoopPolicy {
    @Activate
    public CarefulPolicy(@Reference LoopFactory loops) {
        super(loops, new SelectorDriverFactory());
    }

    @Override
    public EventLoop newEventLoop(LoopOptions options) {
        EventLoop loop = super.newEventLoop(options);
        loop.setDebug(true);
        return loop;
    }
}
