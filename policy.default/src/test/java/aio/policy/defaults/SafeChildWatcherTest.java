package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.SafeChildWatcherContract;

class SafeChildWatcherTest extends SafeChildWatcherContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
