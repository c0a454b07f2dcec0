package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketCloseContract;

/** {@link RawSocketCloseContract}, on the selector policy of Windows. */
class WinSelectorRawSocketCloseTest extends RawSocketCloseContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
