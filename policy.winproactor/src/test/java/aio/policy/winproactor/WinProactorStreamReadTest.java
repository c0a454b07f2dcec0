package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StreamReadContract;

/** The receiving side of streams, on the completion policy of Windows. */
class WinProactorStreamReadTest extends StreamReadContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
