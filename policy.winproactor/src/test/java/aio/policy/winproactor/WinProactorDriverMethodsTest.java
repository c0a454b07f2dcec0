package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DriverMethodsContract;

/** Each method of a driver that fails, over the driver of {@link WindowsProactorEventLoopPolicy}. */
class WinProactorDriverMethodsTest extends DriverMethodsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
