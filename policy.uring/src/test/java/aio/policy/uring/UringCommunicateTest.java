package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.CommunicateContract;

/** Talks with child processes, on the io_uring policy. */
class UringCommunicateTest extends CommunicateContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
