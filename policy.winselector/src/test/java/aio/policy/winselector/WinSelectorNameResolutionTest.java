package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.NameResolutionContract;

/** Names and addresses, on the selector policy of Windows. */
class WinSelectorNameResolutionTest extends NameResolutionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
