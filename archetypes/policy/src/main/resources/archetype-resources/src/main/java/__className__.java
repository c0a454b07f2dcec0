package ${package};

#if( $driver == "embedded" )
import aio.driver.selector.SelectorDriverFactory;
#end
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
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

/** The policy "${policyName}". Override what is to differ from the other policies. */
@Component(service = EventLoopPolicy.class)
@Designate(ocd = ${className}.Config.class)
@PolicyProperties(aio_policy_name = ${className}.NAME, service_ranking = ${className}.RANKING)
@Capability(namespace = EventLoopPolicy.CAPABILITY, name = ${className}.NAME)
public class ${className} extends AbstractEventLoopPolicy {
    static final String NAME = "${policyName}";
    static final int RANKING = 200;

    private volatile boolean debug;

    /** What can be configured, by the pid "${package}.${className}". */
    @ObjectClassDefinition(name = "Policy ${policyName}")
    @interface Config {
        /** The policy with the highest ranking is the process-wide one. */
        @AttributeDefinition(
                name = "Ranking", description = "Of all policies, the highest is current", required = false)
        int service_ranking() default RANKING;

        /** Whether loops report calls from the wrong thread and slow callbacks. */
        @AttributeDefinition(name = "Debug", description = "Whether new loops are in debug mode", required = false)
        boolean debug() default false;
    }

    /** Makes the policy for a plain class path. */
    public ${className}() {
        this(LoopFactory.ofClassPath(), false);
    }

    /** Makes the policy as a component. */
    @Activate
    public ${className}(@Reference LoopFactory loops, Config config) {
        this(loops, config.debug());
    }

    private ${className}(LoopFactory loops, boolean debug) {
#if( $driver == "own" )
        super(loops, new OwnDriverFactory());
#else
        super(loops, new SelectorDriverFactory());
#end
        this.debug = debug;
    }

    /** A changed configuration is taken over: the policy stays, and is not swapped away and back. */
    @Modified
    void modified(Config config) {
        debug = config.debug();
    }

    @Override
    public EventLoop newEventLoop(LoopOptions options) {
        EventLoop loop = super.newEventLoop(options);
        loop.setDebug(debug);
        return loop;
    }
}
