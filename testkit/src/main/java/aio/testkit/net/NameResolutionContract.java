package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import aio.loop.Networking.NameFlag;
import aio.testkit.Asyncio;
import aio.testkit.LogCapture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Names and addresses: what section 2.11 lists, and bad input. */
@Asyncio("eventloop#loop.getaddrinfo")
public abstract class NameResolutionContract extends NetContract {
    private static final int MANY = 40; // more than there are threads

    /** For subclasses. */
    protected NameResolutionContract() {}

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @Test
    void getaddrinfo_asksTheResolver_besideTheLoop() throws Exception {
        AtomicReference<Thread> asked = new AtomicReference<>();
        EventLoop own = resolving(host -> {
            asked.set(Thread.currentThread());
            return List.of(address("127.0.0.1"), address("127.0.0.2"), address("127.0.0.1"));
        });

        assertThat(done(own.getaddrinfo("two.test", 80))).containsExactly(
                new InetSocketAddress("127.0.0.1", 80), new InetSocketAddress("127.0.0.2", 80));
        assertThat(asked.get().getName()).startsWith("aio-resolvers-");
    }

    @Test
    void getaddrinfo_doesNotWait_forTheUsersExecutor() {
        CountDownLatch free = new CountDownLatch(1);
        ExecutorService full = Executors.newSingleThreadExecutor();
        loop.setDefaultExecutor(full);
        try {
            loop.runInExecutor(() -> free.await(1, TimeUnit.MINUTES));

            assertThat(done(loop.getaddrinfo("localhost", 7))).isNotEmpty();
            assertThat(done(loop.getnameinfo(new InetSocketAddress("127.0.0.1", 7))).host()).isNotEmpty();
        } finally {
            free.countDown();
            full.shutdown();
        }
    }

    @Test
    void resolversThatBlock_holdUpNoLookUpOfTheSystem() {
        CountDownLatch free = new CountDownLatch(1);
        EventLoop own = resolving(host -> {
            awaitQuietly(free);
            return List.of(address("127.0.0.1"));
        });
        try {
            for (int i = 0; i < MANY; i++) {
                own.getaddrinfo("blocked.test", 80);
            }
            assertThat(done(loop.getaddrinfo("localhost", 7))).isNotEmpty();
            assertThat(done(own.getnameinfo(new InetSocketAddress("127.0.0.1", 7))).host()).isNotEmpty();
        } finally {
            free.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void getaddrinfo_ofTheSystem_findsThisHost() {
        assertThat(done(loop.getaddrinfo("localhost", 7)))
                .isNotEmpty()
                .allMatch(found -> found.getAddress().isLoopbackAddress() && found.getPort() == 7);
    }

    @Test
    void getaddrinfo_ofLiteralAddresses_asksNoResolver() {
        EventLoop own = resolving(host -> {
            throw new AssertionError("asked for " + host);
        });

        assertThat(done(own.getaddrinfo("192.0.2.1", 1))).containsExactly(new InetSocketAddress("192.0.2.1", 1));
        assertThat(done(own.getaddrinfo("::1", 2))).containsExactly(new InetSocketAddress("::1", 2));
        assertThat(done(own.getaddrinfo("", 3)).get(0).getAddress().isAnyLocalAddress()).isTrue();
    }

    @Test
    void getaddrinfo_ofOneFamily_leavesTheOthersOut() throws Exception {
        EventLoop own = resolving(host -> List.of(address("::1"), address("127.0.0.1")));

        assertThat(done(own.getaddrinfo("both.test", 1, StandardProtocolFamily.INET)))
                .containsExactly(new InetSocketAddress("127.0.0.1", 1));
        assertThat(done(own.getaddrinfo("both.test", 1, StandardProtocolFamily.INET6)))
                .containsExactly(new InetSocketAddress("::1", 1));
        assertThat(failureOf(() -> own.getaddrinfo("127.0.0.1", 1, StandardProtocolFamily.INET6)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContainingAll("127.0.0.1", "INET6");
    }

    @Test
    void getaddrinfo_ofANameThatDoesNotResolve_fails() {
        assertThat(failureOf(() -> loop.getaddrinfo("no-such-host.invalid", 80)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void getaddrinfo_namesAResolverThatFindsNothing() {
        EventLoop own = resolving(host -> List.of());

        assertThat(failureOf(() -> own.getaddrinfo("none.test", 80)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContainingAll("none.test", "no address", getClass().getSuperclass().getSimpleName());
    }

    @Test
    void getaddrinfo_refusesBadInput() {
        assertThatThrownBy(() -> loop.getaddrinfo("localhost", 65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loop.getaddrinfo("localhost", 80, StandardProtocolFamily.UNIX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("INET6");
    }

    @Test
    @Asyncio("eventloop#loop.getnameinfo")
    void getnameinfo_findsTheName_orReturnsTheLiteral() {
        InetSocketAddress here = new InetSocketAddress("127.0.0.1", 80);

        assertThat(done(loop.getnameinfo(here)).service()).isEqualTo("80");
        assertThat(done(loop.getnameinfo(here)).host()).isNotEmpty();
        assertThat(done(loop.getnameinfo(here, Set.of(NameFlag.NUMERIC_HOST))).host()).isEqualTo("127.0.0.1");
    }

    @Test
    @Asyncio("eventloop#loop.getnameinfo")
    void getnameinfo_ofAnAddressWithoutAName_failsIfOneIsRequired() {
        InetSocketAddress nobody = new InetSocketAddress("240.0.0.1", 80); // reserved: no host may have it

        assertThat(failureOf(() -> loop.getnameinfo(nobody, Set.of(NameFlag.NAME_REQUIRED))))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("240.0.0.1");
    }

    @Test
    @Asyncio("eventloop#loop.getnameinfo")
    void getnameinfo_refusesAnUnresolvedAddress() {
        assertThatThrownBy(() -> loop.getnameinfo(InetSocketAddress.createUnresolved("localhost", 80)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("getaddrinfo");
    }

    @Test
    @Asyncio("eventloop#loop.set_debug")
    void slowLookUps_areLogged_inDebugMode() {
        EventLoop own = resolving(host -> List.of(address("127.0.0.1")));
        try (LogCapture log = LogCapture.start()) {
            own.setSlowCallbackDuration(Duration.ZERO);
            done(own.getaddrinfo("quiet.test", 80));
            own.setDebug(true);
            done(own.getaddrinfo("slow.test", 80));
            own.setDebug(false);

            assertThat(log.count("quiet.test")).isZero();
            assertThat(log.count("Getting the addresses of [slow.test] took")).isEqualTo(1);
        }
    }

    @Test
    void afterClose_lookUpsAreRefused() {
        EventLoop closed = policy().newEventLoop();
        closed.close();

        assertThatThrownBy(() -> closed.getaddrinfo("localhost", 80)).isInstanceOf(LoopClosedException.class);
        assertThatThrownBy(() -> closed.getaddrinfo("127.0.0.1", 80)).isInstanceOf(LoopClosedException.class);
        assertThatThrownBy(() -> closed.getnameinfo(new InetSocketAddress("127.0.0.1", 80)))
                .isInstanceOf(LoopClosedException.class);
    }
}
