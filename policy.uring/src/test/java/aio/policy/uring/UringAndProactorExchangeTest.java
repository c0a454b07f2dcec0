package aio.policy.uring;

import aio.driver.proactor.ProactorDriverFactory;
import aio.policy.EventLoopPolicy;
import aio.testkit.net.KindsExchangeContract;

/** {@link KindsExchangeContract} between io_uring, which watches descriptors, and the proactor, which does not. */
class UringAndProactorExchangeTest extends KindsExchangeContract {
    @Override
    protected EventLoopPolicy readinessPolicy() {
        return new UringEventLoopPolicy();
    }

    @Override
    protected EventLoopPolicy completionPolicy() {
        return new Kinds.On(new ProactorDriverFactory());
    }
}
