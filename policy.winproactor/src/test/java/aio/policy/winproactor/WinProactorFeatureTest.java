package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.FeatureContract;

/** Asking what a loop can do, on the completion policy of Windows. */
class WinProactorFeatureTest extends FeatureContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
