package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BrokenConnectionContract;

/** {@link BrokenConnectionContract}, on the selector policy of Windows. */
class WinSelectorBrokenConnectionTest extends BrokenConnectionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
