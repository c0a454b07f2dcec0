package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StreamReadContract;

/** The receiving side of streams, on the selector policy of Windows. */
class WinSelectorStreamReadTest extends StreamReadContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
