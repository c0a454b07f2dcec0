package aio.example.late;

import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.policy.PolicyProperties;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A policy with an engine that nobody wants. Its rank makes nobody go there by accident. Any thread. */
@Component(service = EventLoopPolicy.class)
@PolicyProperties(aio_policy_name = "late", service_ranking = -1000)
@Capability(namespace = EventLoopPolicy.CAPABILITY, name = "late")
public class LatePolicy extends AbstractEventLoopPolicy {

    /** Makes the policy as a component. */
    @Activate
    public LatePolicy(@Reference LoopFactory loops) {
        super(loops, new LateDriverFactory());
    }
}
