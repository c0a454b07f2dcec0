package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StreamWriteContract;

/** The sending side of streams, on the selector policy of Windows. */
class WinSelectorStreamWriteTest extends StreamWriteContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
