package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.ManyExchangesContract;
import java.util.concurrent.ThreadFactory;

/** {@link ManyExchangesContract}, with exchanges between all three kinds of driver, and virtual threads as runners. */
class UringManyExchangesTest extends ManyExchangesContract {
    private final Kinds kinds = new Kinds();

    @Override
    protected EventLoopPolicy newPolicy() {
        return kinds.next();
    }

    @Override
    protected ThreadFactory runner(int number) {
        return number % 2 == 0 ? Thread.ofVirtual().factory() : super.runner(number);
    }
}
