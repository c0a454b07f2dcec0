package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.FastChildWatcherContract;

class FastChildWatcherTest extends FastChildWatcherContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
