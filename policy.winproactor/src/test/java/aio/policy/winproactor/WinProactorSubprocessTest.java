package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.SubprocessContract;

/** Child processes, on the completion policy of Windows. */
class WinProactorSubprocessTest extends SubprocessContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
