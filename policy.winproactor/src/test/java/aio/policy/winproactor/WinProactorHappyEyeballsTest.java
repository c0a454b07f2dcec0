package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.HappyEyeballsContract;

/** Connecting to several addresses, on the completion policy of Windows. */
class WinProactorHappyEyeballsTest extends HappyEyeballsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
