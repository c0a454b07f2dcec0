package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.StartTlsContract;

/** TLS on connections that are there already, on the selector policy of Windows. */
class WinSelectorStartTlsTest extends StartTlsContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
