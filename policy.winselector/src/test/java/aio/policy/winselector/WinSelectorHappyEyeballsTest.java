package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.HappyEyeballsContract;

/** Connecting to several addresses, on the selector policy of Windows. */
class WinSelectorHappyEyeballsTest extends HappyEyeballsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
