package aio.testkit;

import aio.policy.EventLoopPolicy;
import aio.spi.DriverFeature;
import aio.testkit.net.BridgeContract;
import aio.testkit.net.BrokenConnectionContract;
import aio.testkit.net.BufferedProtocolContract;
import aio.testkit.net.ConnectionContract;
import aio.testkit.net.ConnectionsContract;
import aio.testkit.net.DatagramContract;
import aio.testkit.net.DatagramExchangeContract;
import aio.testkit.net.DatagramFlowContract;
import aio.testkit.net.DriverMethodsContract;
import aio.testkit.net.ExchangeContract;
import aio.testkit.net.ExchangeFaultContract;
import aio.testkit.net.ExchangeStressContract;
import aio.testkit.net.FeatureContract;
import aio.testkit.net.FlowControlContract;
import aio.testkit.net.HandBackContract;
import aio.testkit.net.HappyEyeballsContract;
import aio.testkit.net.InterruptContract;
import aio.testkit.net.NameResolutionContract;
import aio.testkit.net.PeersContract;
import aio.testkit.net.PipeContract;
import aio.testkit.net.PipePumpContract;
import aio.testkit.net.PostedWriteContract;
import aio.testkit.net.RawSocketCloseContract;
import aio.testkit.net.RawSocketContract;
import aio.testkit.net.RawSocketExchangeContract;
import aio.testkit.net.SendfileContract;
import aio.testkit.net.ServerContract;
import aio.testkit.net.SignalContract;
import aio.testkit.net.StatisticsContract;
import aio.testkit.net.StreamReadContract;
import aio.testkit.net.StreamWriteContract;
import aio.testkit.net.UnixSocketContract;
import aio.testkit.tls.DurationContract;
import aio.testkit.tls.StartTlsContract;
import aio.testkit.tls.StreamEndContract;
import aio.testkit.tls.TlsConnectionContract;
import aio.testkit.tls.TlsExchangeContract;
import aio.testkit.tls.TlsExitContract;
import aio.testkit.tls.TlsHandshakeContract;
import aio.testkit.tls.TlsPeersContract;
import aio.testkit.tls.TlsSendfileContract;
import aio.testkit.tls.TlsStreamContract;
import org.junit.jupiter.api.Nested;

/**
 * All contracts of policies and their loops, for authors of policies: extend this class, and return the policy.
 *
 * <pre>{@code
 * class CarefulPolicyTest extends PolicySuite {
 *     @Override
 *     protected EventLoopPolicy policy() {
 *         return new CarefulPolicy(LoopFactory.ofClassPath());
 *     }
 * }
 * }</pre>
 *
 * <p>What only some drivers serve is tested if the driver says that it serves it, and skipped else. A failure says
 * which case of asyncio it is. A contract alone is run by extending it, or by the name of its nested class.
 */
public abstract class PolicySuite extends LoopSuite {

    /** For subclasses. */
    protected PolicySuite() {}

    // ---- the network

    /** {@link ConnectionContract}. */
    @Nested
    class Connection extends ConnectionContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link ServerContract}. */
    @Nested
    class Server extends ServerContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link StreamReadContract}. */
    @Nested
    class StreamRead extends StreamReadContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link StreamWriteContract}. */
    @Nested
    class StreamWrite extends StreamWriteContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link FlowControlContract}. */
    @Nested
    class FlowControl extends FlowControlContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link BufferedProtocolContract}. */
    @Nested
    class BufferedProtocol extends BufferedProtocolContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link HappyEyeballsContract}. */
    @Nested
    class HappyEyeballs extends HappyEyeballsContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link NameResolutionContract}. */
    @Nested
    class NameResolution extends NameResolutionContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link UnixSocketContract}. */
    @Nested
    class UnixSocket extends UnixSocketContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link PeersContract}. */
    @Nested
    class Peers extends PeersContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link ConnectionsContract}. */
    @Nested
    class Connections extends ConnectionsContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link BrokenConnectionContract}. */
    @Nested
    class BrokenConnection extends BrokenConnectionContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link SendfileContract}. */
    @Nested
    class Sendfile extends SendfileContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link PipeContract}. */
    @Nested
    class Pipe extends PipeContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link PipePumpContract}. */
    @Nested
    class PipePump extends PipePumpContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link SignalContract}. */
    @Nested
    class Signal extends SignalContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link BridgeContract}. */
    @Nested
    class Bridge extends BridgeContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link FeatureContract}. */
    @Nested
    class Feature extends FeatureContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link StatisticsContract}. */
    @Nested
    class Statistics extends StatisticsContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link PostedWriteContract}. */
    @Nested
    class PostedWrite extends PostedWriteContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    // ---- what only some drivers serve

    /** {@link DatagramContract}. */
    @Nested
    class Datagram extends DatagramContract {
        @Override
        protected EventLoopPolicy policy() {
            return serving(DriverFeature.DATAGRAMS);
        }
    }

    /** {@link DatagramFlowContract}. */
    @Nested
    class DatagramFlow extends DatagramFlowContract {
        @Override
        protected EventLoopPolicy policy() {
            return serving(DriverFeature.DATAGRAMS);
        }
    }

    /** {@link DatagramExchangeContract}. */
    @Nested
    class DatagramExchange extends DatagramExchangeContract {
        @Override
        protected EventLoopPolicy policy() {
            return serving(DriverFeature.DATAGRAMS);
        }
    }

    /** {@link RawSocketContract}. */
    @Nested
    class RawSocket extends RawSocketContract {
        @Override
        protected EventLoopPolicy policy() {
            return serving(DriverFeature.RAW_SOCKETS);
        }
    }

    /** {@link RawSocketCloseContract}. */
    @Nested
    class RawSocketClose extends RawSocketCloseContract {
        @Override
        protected EventLoopPolicy policy() {
            return serving(DriverFeature.RAW_SOCKETS);
        }
    }

    /** {@link RawSocketExchangeContract}. */
    @Nested
    class RawSocketExchange extends RawSocketExchangeContract {
        @Override
        protected EventLoopPolicy policy() {
            return serving(DriverFeature.RAW_SOCKETS);
        }
    }

    // ---- TLS

    /** {@link TlsConnectionContract}. */
    @Nested
    class TlsConnection extends TlsConnectionContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link TlsExitContract}. */
    @Nested
    class TlsExit extends TlsExitContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link TlsStreamContract}. */
    @Nested
    class TlsStream extends TlsStreamContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link TlsHandshakeContract}. */
    @Nested
    class TlsHandshake extends TlsHandshakeContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link TlsExchangeContract}. */
    @Nested
    class TlsExchange extends TlsExchangeContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link TlsSendfileContract}. */
    @Nested
    class TlsSendfile extends TlsSendfileContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link TlsPeersContract}. */
    @Nested
    class TlsPeers extends TlsPeersContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link StartTlsContract}. */
    @Nested
    class StartTls extends StartTlsContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link StreamEndContract}. */
    @Nested
    class StreamEnd extends StreamEndContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link DurationContract}. */
    @Nested
    class Duration extends DurationContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return PolicySuite.this.policy();
        }
    }

    // ---- the exchange of drivers

    /** {@link ExchangeContract}. */
    @Nested
    class Exchange extends ExchangeContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link ExchangeFaultContract}. */
    @Nested
    class ExchangeFault extends ExchangeFaultContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link ExchangeStressContract}. */
    @Nested
    class ExchangeStress extends ExchangeStressContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link HandBackContract}. */
    @Nested
    class HandBack extends HandBackContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link DriverMethodsContract}. */
    @Nested
    class DriverMethods extends DriverMethodsContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }

    /** {@link InterruptContract}. */
    @Nested
    class Interrupt extends InterruptContract {
        @Override
        protected EventLoopPolicy policy() {
            return PolicySuite.this.policy();
        }
    }
}
