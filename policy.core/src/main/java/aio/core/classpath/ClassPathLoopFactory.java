package aio.core.classpath;

import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.policy.ChildWatcher;
import aio.policy.ContextSlots;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.spi.IoDriverFactory;

/** What the service loader finds: the factory of the one core of the class path. */
public final class ClassPathLoopFactory implements LoopFactory {
    private final LoopFactory factory = ClassPathCore.get().factory();

    /** For the service loader. */
    public ClassPathLoopFactory() {}

    @Override
    public EventLoop newLoop(IoDriverFactory driver, LoopOptions options) {
        return factory.newLoop(driver, options);
    }

    @Override
    public ContextSlots slots(EventLoopPolicy policy) {
        return factory.slots(policy);
    }

    @Override
    public ChildWatcher newChildWatcher() {
        return factory.newChildWatcher();
    }
}
