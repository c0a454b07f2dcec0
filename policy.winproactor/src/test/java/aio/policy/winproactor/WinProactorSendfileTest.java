package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.SendfileContract;

/** Sending files, on the completion policy of Windows. */
class WinProactorSendfileTest extends SendfileContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
