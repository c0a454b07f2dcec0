package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.PidfdChildWatcherContract;

class PidfdChildWatcherTest extends PidfdChildWatcherContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
