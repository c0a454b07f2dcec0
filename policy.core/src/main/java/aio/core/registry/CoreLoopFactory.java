package aio.core.registry;

import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.policy.ChildWatcher;
import aio.policy.ContextSlots;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.spi.IoDriverFactory;
import java.util.Objects;
import java.util.function.Supplier;

/** Makes the loops of one core. Any thread. */
public final class CoreLoopFactory implements LoopFactory {
    private final Followers followers;
    private final Registry registry;
    private final Supplier<ChildWatcher> watchers;

    public CoreLoopFactory(Followers followers, Registry registry, Supplier<ChildWatcher> watchers) {
        this.followers = followers;
        this.registry = registry;
        this.watchers = watchers;
    }

    @Override
    public EventLoop newLoop(IoDriverFactory driver, LoopOptions options) {
        Objects.requireNonNull(driver, "driver");
        Objects.requireNonNull(options, "options");
        IoDriverFactory chosen = registry.driverOfCall();
        if (chosen != null) {
            registry.used(chosen);
            return followers.newLoop(chosen, options.withFollowing(false), registry.maker());
        }
        registry.used(driver);
        return followers.newLoop(driver, options, registry.maker());
    }

    @Override
    public ContextSlots slots(EventLoopPolicy policy) {
        return registry.slots(policy);
    }

    @Override
    public ChildWatcher newChildWatcher() {
        return watchers.get();
    }
}
