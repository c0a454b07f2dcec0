package aio.policy.uring;

import aio.driver.uring.UringDriverFactory;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.policy.PolicyProperties;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Loops on the io_uring of Linux, through {@code java.lang.foreign}: no native library is loaded, so the bundle can be
 * updated and removed like any other. It has a child watcher, as the default policy. Needs Java 22; where the system
 * does not allow io_uring, its driver cannot be opened, and says why.
 *
 * <p>Thread safety: any thread.
 */
@Component(
        service = EventLoopPolicy.class,
        configurationPid = "aio.policy." + UringEventLoopPolicy.NAME,
        property = EventLoopPolicy.HOME + "=Linux")
@Designate(ocd = UringEventLoopPolicy.Config.class)
@PolicyProperties(aio_policy_name = UringEventLoopPolicy.NAME, service_ranking = UringEventLoopPolicy.RANKING)
@Capability(namespace = EventLoopPolicy.CAPABILITY, name = UringEventLoopPolicy.NAME)
public class UringEventLoopPolicy extends AbstractEventLoopPolicy {
    static final String NAME = "uring";
    /** Above all others of this project: an operator who starts the bundle wants it. */
    static final int RANKING = 150;

    /** The configuration. */
    @ObjectClassDefinition(
            name = "aio policy uring",
            description = "The policy whose loops are on the io_uring of Linux")
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
    public UringEventLoopPolicy() {
        this(LoopFactory.ofClassPath());
    }

    /** Makes the policy as a component. */
    @Activate
    public UringEventLoopPolicy(@Reference LoopFactory loops) {
        super(loops, new UringDriverFactory());
    }

    /**
     * A changed ranking is a changed property of the service: the policy stays, without being swapped away and back.
     */
    @Modified
    void modified() {}
}
