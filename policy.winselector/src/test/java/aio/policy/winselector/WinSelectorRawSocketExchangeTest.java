package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketExchangeContract;

/** The live exchange of drivers under raw socket operations, on the selector policy of Windows. */
class WinSelectorRawSocketExchangeTest extends RawSocketExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
