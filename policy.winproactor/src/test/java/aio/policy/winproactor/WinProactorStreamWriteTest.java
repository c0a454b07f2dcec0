package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StreamWriteContract;

/** The sending side of streams, on the completion policy of Windows. */
class WinProactorStreamWriteTest extends StreamWriteContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
