package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PostedWriteContract;

class WinProactorPostedWriteTest extends PostedWriteContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
