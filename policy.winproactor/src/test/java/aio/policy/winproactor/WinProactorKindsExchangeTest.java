package aio.policy.winproactor;

import aio.driver.selector.SelectorDriverFactory;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.testkit.net.KindsExchangeContract;

/** The live exchange between the selector and the completion policy of Windows. */
class WinProactorKindsExchangeTest extends KindsExchangeContract {
    @Override
    protected EventLoopPolicy readinessPolicy() {
        return new OnTheSelector();
    }

    @Override
    protected EventLoopPolicy completionPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }

    /** A policy whose loops are on the selector. */
    static final class OnTheSelector extends AbstractEventLoopPolicy {
        OnTheSelector() {
            super(LoopFactory.ofClassPath(), new SelectorDriverFactory());
        }
    }
}
