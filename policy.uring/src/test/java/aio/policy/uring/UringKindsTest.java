package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramExchangeContract;
import aio.testkit.net.ExchangeContract;
import aio.testkit.net.ExchangeStressContract;
import aio.testkit.net.RawSocketExchangeContract;
import aio.testkit.net.SendfileContract;
import aio.testkit.tls.StreamEndContract;
import aio.testkit.tls.TlsExchangeContract;
import org.junit.jupiter.api.Nested;

/** What is about exchanges, each time to another one of all three kinds of driver: see {@link Kinds}. */
class UringKindsTest {

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
}
