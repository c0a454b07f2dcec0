package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DriverMethodsContract;

/** Each method of a driver that fails, over the driver of {@link WindowsSelectorEventLoopPolicy}. */
class WinSelectorDriverMethodsTest extends DriverMethodsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
