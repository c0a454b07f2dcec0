package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketExchangeContract;

/** The live exchange of drivers under raw socket operations, on the completion policy of Windows. */
class WinProactorRawSocketExchangeTest extends RawSocketExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
