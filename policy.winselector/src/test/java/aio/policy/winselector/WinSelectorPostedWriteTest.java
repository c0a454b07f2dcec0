package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PostedWriteContract;

class WinSelectorPostedWriteTest extends PostedWriteContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
