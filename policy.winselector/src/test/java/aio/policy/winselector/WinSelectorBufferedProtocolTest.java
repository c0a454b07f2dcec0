package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BufferedProtocolContract;

/** Buffered protocols, on the selector policy of Windows. */
class WinSelectorBufferedProtocolTest extends BufferedProtocolContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
