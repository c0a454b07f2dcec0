package aio.policy.winproactor;

import aio.driver.selector.SelectorDriverFactory;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.testkit.net.DatagramExchangeContract;
import aio.testkit.net.ExchangeContract;
import aio.testkit.net.ExchangeStressContract;
import aio.testkit.net.KindsExchangeContract;
import aio.testkit.net.RawSocketExchangeContract;
import aio.testkit.net.SendfileContract;
import aio.testkit.tls.StreamEndContract;
import aio.testkit.tls.TlsExchangeContract;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;

/** What is about exchanges, each time to the other kind of driver: selector or completion. */
class WinProactorKindsTest {

    @Nested
    class Exchange extends ExchangeContract {
        private final Kinds kinds = new Kinds();

        @Override
        protected EventLoopPolicy policy() {
            return kinds.next();
        }

        @Override
        protected boolean watchesDescriptors() {
            return false;
        }
    }

    @Nested
    class ExchangeStress extends ExchangeStressContract {
        private final Kinds kinds = new Kinds();

        @Override
        protected EventLoopPolicy policy() {
            return kinds.next();
        }
    }

    @Nested
    class DatagramExchange extends DatagramExchangeContract {
        private final Kinds kinds = new Kinds();

        @Override
        protected EventLoopPolicy policy() {
            return kinds.next();
        }
    }

    @Nested
    class RawSocketExchange extends RawSocketExchangeContract {
        private final Kinds kinds = new Kinds();

        @Override
        protected EventLoopPolicy policy() {
            return kinds.next();
        }
    }

    @Nested
    class Sendfile extends SendfileContract {
        private final Kinds kinds = new Kinds();

        @Override
        protected EventLoopPolicy policy() {
            return kinds.next();
        }
    }

    @Nested
    class StreamEnd extends StreamEndContract {
        private final Kinds kinds = new Kinds();

        @Override
        protected EventLoopPolicy newPolicy() {
            return kinds.next();
        }
    }

    @Nested
    class TlsExchange extends TlsExchangeContract {
        private final Kinds kinds = new Kinds();

        @Override
        protected EventLoopPolicy newPolicy() {
            return kinds.next();
        }
    }

    @Nested
    class KindsExchange extends KindsExchangeContract {
        @Override
        protected EventLoopPolicy readinessPolicy() {
            return new OnTheSelector();
        }

        @Override
        protected EventLoopPolicy completionPolicy() {
            return new WindowsProactorEventLoopPolicy();
        }
    }

    /** Policies of both kinds, one after the other. */
    private static final class Kinds {
        private final AtomicInteger made = new AtomicInteger();

        EventLoopPolicy next() {
            return made.getAndIncrement() % 2 == 0 ? new WindowsProactorEventLoopPolicy() : new OnTheSelector();
        }
    }

    /** A policy whose loops are on the selector. */
    private static final class OnTheSelector extends AbstractEventLoopPolicy {
        OnTheSelector() {
            super(LoopFactory.ofClassPath(), new SelectorDriverFactory());
        }
    }
}
