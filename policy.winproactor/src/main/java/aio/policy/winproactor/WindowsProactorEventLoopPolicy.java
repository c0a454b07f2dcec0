package aio.policy.winproactor;

import aio.driver.proactor.ProactorDriverFactory;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.policy.PolicyProperties;
import aio.process.ChildWatcher;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Loops that are always on the completion driver, as {@code asyncio.WindowsProactorEventLoopPolicy}. At home on Windows, but
 * the driver is portable: unlike asyncio's it works on every system, and {@link EventLoopPolicy#HOME} says where it belongs.
 * Its loops do not watch descriptors. It has no child watcher, as the policies of Windows; subprocesses of its loops work
 * all the same.
 *
 * <p>Thread safety: any thread.
 */
@Component(service = EventLoopPolicy.class, property = EventLoopPolicy.HOME + "=Windows")
@PolicyProperties(aio_policy_name = WindowsProactorEventLoopPolicy.NAME, service_ranking = -100)
@Capability(namespace = EventLoopPolicy.CAPABILITY, name = WindowsProactorEventLoopPolicy.NAME)
public class WindowsProactorEventLoopPolicy extends AbstractEventLoopPolicy {
    static final String NAME = "winproactor";

    /** Makes the policy for a plain class path. */
    public WindowsProactorEventLoopPolicy() {
        this(LoopFactory.ofClassPath());
    }

    /** Makes the policy as a component. */
    @Activate
    public WindowsProactorEventLoopPolicy(@Reference LoopFactory loops) {
        super(loops, new ProactorDriverFactory());
    }

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
