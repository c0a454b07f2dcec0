package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PipeContract;

/** Pipes, on the completion policy of Windows. */
class WinProactorPipeTest extends PipeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
