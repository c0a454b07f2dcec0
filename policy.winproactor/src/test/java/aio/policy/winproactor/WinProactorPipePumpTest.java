package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PipePumpContract;

/** Pipes to streams, on the completion driver. */
class WinProactorPipePumpTest extends PipePumpContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
