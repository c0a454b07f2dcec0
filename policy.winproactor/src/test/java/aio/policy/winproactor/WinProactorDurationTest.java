package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.DurationContract;

/** Durations, on the completion driver. */
class WinProactorDurationTest extends DurationContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
