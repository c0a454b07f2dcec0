package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BufferedProtocolContract;

/** Buffered protocols, on the completion policy of Windows. */
class WinProactorBufferedProtocolTest extends BufferedProtocolContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
