package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.SubprocessSignalsContract;

/** Signals to child processes, on the completion policy of Windows. */
class WinProactorSubprocessSignalsTest extends SubprocessSignalsContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
