package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PipeContract;

/** Pipes, on the selector policy of Windows. */
class WinSelectorPipeTest extends PipeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
