package aio.bench.swap.probe;

import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.policy.ChildWatcher;
import aio.policy.ContextSlots;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.spi.IoDriverFactory;

/** Lets policies start in a framework that has no core. */
final class NoLoops implements LoopFactory {
    private static UnsupportedOperationException refuse() {
        return new UnsupportedOperationException("this framework has no core: nothing but the services is measured");
    }

    @Override
    public EventLoop newLoop(IoDriverFactory driver, LoopOptions options) {
        throw refuse();
    }

    @Override
    public ContextSlots slots(EventLoopPolicy policy) {
        throw refuse();
    }

    @Override
    public ChildWatcher newChildWatcher() {
        throw refuse();
    }
}
