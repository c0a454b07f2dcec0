package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketContract;

/** Raw socket operations, on the selector policy of Windows. */
class WinSelectorRawSocketTest extends RawSocketContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
