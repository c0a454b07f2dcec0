package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ServerContract;

/** Servers, on the selector policy of Windows. */
class WinSelectorServerTest extends ServerContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
