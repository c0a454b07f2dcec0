package aio.policy;

import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.spi.IoDriverFactory;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes the loops of the core, and keeps the current loops of policies. A service; policies take it as a reference and
 * hand it to {@link AbstractEventLoopPolicy}.
 *
 * <p>Thread safety: any thread. Implemented by the core.
 */
@ProviderType
public interface LoopFactory {

    /**
     * Makes a loop on a driver.
     *
     * @throws java.io.UncheckedIOException if the driver cannot be opened
     */
    EventLoop newLoop(IoDriverFactory driver, LoopOptions options);

    /** Returns the slots of a policy as they are now. Do not keep them: after a change others may count. */
    ContextSlots slots(EventLoopPolicy policy);

    /** Makes a watcher on the shared reaper of the core. It needs no thread and no loop, and is always active. */
    ChildWatcher newChildWatcher();

    /**
     * Returns the factory of a plain class path, for the public no-argument constructors that policies have beside the
     * one for components.
     *
     * @throws IllegalStateException inside an OSGi framework, and if the core is not on the class path
     */
    static LoopFactory ofClassPath() {
        if (Framework.isPresent()) {
            throw new IllegalStateException("inside an OSGi framework LoopFactory is a service:"
                    + " take it as a reference, as in @Activate public MyPolicy(@Reference LoopFactory loops)");
        }
        Iterator<LoopFactory> found =
                ServiceLoader.load(LoopFactory.class, LoopFactory.class.getClassLoader()).iterator();
        if (!found.hasNext()) {
            throw new IllegalStateException("no LoopFactory on the class path: add aio-policy-core");
        }
        return found.next();
    }
}
