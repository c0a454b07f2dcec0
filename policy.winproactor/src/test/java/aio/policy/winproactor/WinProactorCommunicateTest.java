package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.CommunicateContract;

/** Signals to child processes, on the completion policy of Windows. */
class WinProactorCommunicateTest extends CommunicateContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
