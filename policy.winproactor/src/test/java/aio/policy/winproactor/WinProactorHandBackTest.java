package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.HandBackContract;

/** What a driver hands back, taken over by the completion policy of Windows. */
class WinProactorHandBackTest extends HandBackContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
