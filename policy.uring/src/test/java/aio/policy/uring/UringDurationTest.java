package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.DurationContract;

/** Durations, on the io_uring policy. */
class UringDurationTest extends DurationContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
