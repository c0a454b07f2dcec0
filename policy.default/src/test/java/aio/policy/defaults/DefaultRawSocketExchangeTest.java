package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketExchangeContract;

/** The live exchange of drivers under raw socket operations, on the default policy. */
class DefaultRawSocketExchangeTest extends RawSocketExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
