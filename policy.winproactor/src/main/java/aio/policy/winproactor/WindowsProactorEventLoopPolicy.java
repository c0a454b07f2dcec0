package aio.policy.winproactor;

import aio.driver.proactor.ProactorDriverFactory;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.ChildWatcher;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.policy.PolicyProperties;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Loops that are always on the completion driver, as {@code asyncio.WindowsProactorEventLoopPolicy}. At home on
 * Windows, but the driver is portable: unlike asyncio's it works on every system, and {@link EventLoopPolicy#HOME} says
 * where it belongs. Its loops do not watch descriptors. It has no child watcher, as the policies of Windows;
 * subprocesses of its loops work all the same.
 *
 * <p>Thread safety: any thread.
 */
@Component(
        service = EventLoopPolicy.class,
        configurationPid = "aio.policy." + WindowsProactorEventLoopPolicy.NAME,
        property = EventLoopPolicy.HOME + "=Windows")
@Designate(ocd = WindowsProactorEventLoopPolicy.Config.class)
@PolicyProperties(
        aio_policy_name = WindowsProactorEventLoopPolicy.NAME,
        service_ranking = WindowsProactorEventLoopPolicy.RANKING)
@Capability(namespace = EventLoopPolicy.CAPABILITY, name = WindowsProactorEventLoopPolicy.NAME)
public class WindowsProactorEventLoopPolicy extends AbstractEventLoopPolicy {
    static final String NAME = "winproactor";
    static final int RANKING = -100;

    /** What can be configured. */
    @ObjectClassDefinition(
            name = "aio policy winproactor",
            description = "The policy whose loops are always on the completion driver")
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
    public WindowsProactorEventLoopPolicy() {
        this(LoopFactory.ofClassPath());
    }

    /** Makes the policy as a component. */
    @Activate
    public WindowsProactorEventLoopPolicy(@Reference LoopFactory loops) {
        super(loops, new ProactorDriverFactory());
    }

    /** A changed ranking is a changed property of the service: the policy stays, and is not swapped away and back. */
    @Modified
    void modified() {}

    /** Refuses: policies of Windows have no child watcher. */
    @Override
    public ChildWatcher getChildWatcher() {
        throw noChildWatcher();
    }

    /** Refuses: policies of Windows have no child watcher. */
    @Override
    public void setChildWatcher(@Nullable ChildWatcher watcher) {
        throw noChildWatcher();
    }

    private static UnsupportedOperationException noChildWatcher() {
        return new UnsupportedOperationException("policy \"" + NAME
                + "\" has no child watcher, as the policies of Windows: subprocesses of its loops do not need one");
    }
}
