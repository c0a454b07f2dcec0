package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.ThreadedChildWatcherContract;

class ThreadedChildWatcherTest extends ThreadedChildWatcherContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
