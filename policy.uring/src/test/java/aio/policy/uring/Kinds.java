package aio.policy.uring;

import aio.driver.proactor.ProactorDriverFactory;
import aio.driver.selector.SelectorDriverFactory;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.spi.IoDriverFactory;

/** Policies of all three kinds of driver, one after the other. */
final class Kinds {
    private int made;

    /** A policy whose loops are on a driver of another module. */
    static final class On extends AbstractEventLoopPolicy {
        On(IoDriverFactory driver) {
            super(LoopFactory.ofClassPath(), driver);
        }
    }

    /** Makes a policy of the next kind: io_uring, selector, io_uring, proactor, and so on. */
    EventLoopPolicy next() {
        return switch (made++ % 4) {
            case 1 -> new On(new SelectorDriverFactory());
            case 3 -> new On(new ProactorDriverFactory());
            default -> new UringEventLoopPolicy();
        };
    }
}
