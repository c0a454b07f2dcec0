package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.DurationContract;

/** Durations, on the default policy. */
class DefaultDurationTest extends DurationContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
