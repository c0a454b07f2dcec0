package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.NameResolutionContract;

/** Names and addresses, on the completion policy of Windows. */
class WinProactorNameResolutionTest extends NameResolutionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
