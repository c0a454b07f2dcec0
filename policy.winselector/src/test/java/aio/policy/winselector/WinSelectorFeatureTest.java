package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.FeatureContract;

/** Asking what a loop can do, on the selector policy of Windows. */
class WinSelectorFeatureTest extends FeatureContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
