package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.SendfileContract;

/** Sending files, on the selector policy of Windows. */
class WinSelectorSendfileTest extends SendfileContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
