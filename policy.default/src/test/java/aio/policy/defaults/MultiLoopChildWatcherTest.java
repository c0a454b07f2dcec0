package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.MultiLoopChildWatcherContract;

class MultiLoopChildWatcherTest extends MultiLoopChildWatcherContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
