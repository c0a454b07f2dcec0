package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.ChildWatcherContract;

class DefaultChildWatcherTest extends ChildWatcherContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
