package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.itest.probe.LoopOwner;
import aio.loop.BundleId;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.policy.ChangeReason;
import aio.policy.PinOptions;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyScope;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.ServiceReference;

/** Loops of one bundle on another driver than the others, under connections. */
@Timeout(120)
@ExtendWith(LeavesNothing.class)
class ScopesIT {
    private static final int CONNECTIONS = 100;

    private final PolicyAdmin admin = Framework.admin();
    private final PolicyDirectory directory = Framework.directory();

    @AfterEach
    void unpin() {
        directory.pins().keySet().forEach(admin::unpin);
    }

    @Test
    void loopsOfOneBundle_goToItsDriver_andBack_whileOthersStay() throws Exception {
        try (Installed win = Installed.winselector();
                Installed first = GeneratedBundle.install("scoped.first", LoopOwner.class);
                Installed second = GeneratedBundle.install("scoped.second", LoopOwner.class)) {
            win.start();
            admin.pin("default");
            first.start();
            second.start();
            assertThat(loopOf(first).info().bundle()).contains(new BundleId("scoped.first", first.id()));
            PolicyScope scope = PolicyScope.bundle(first.id());
            try (EchoServer mine = EchoServer.on(loopOf(first)); EchoServer other = EchoServer.on(loopOf(second));
                    EchoClients mineClients = EchoClients.connect(mine.address(), CONNECTIONS);
                    EchoClients otherClients = EchoClients.connect(other.address(), CONNECTIONS)) {
                mineClients.awaitProgress();
                PolicyChange there = admin.pin("winselector", PinOptions.defaults().withScope(scope)).orElseThrow();
                assertThat(there.summary()).startsWith("bundle:" + first.id() + ": process -> winselector");
                awaitDriver(loopOf(first), win.name());
                mineClients.awaitProgress();
                otherClients.awaitProgress();
                onDefault(loopOf(second));
                onDefault(Framework.service(EventLoop.class));
                assertThat(directory.current()).map(PolicyInfo::name).hasValue("default");

                win.stop();
                onDefault(loopOf(first));
                mineClients.awaitProgress();
                win.start();
                awaitDriver(loopOf(first), win.name());
                mineClients.awaitProgress();

                admin.unpin(scope);
                onDefault(loopOf(first));
                mineClients.awaitProgress();
                mineClients.finish();
                otherClients.finish();
                assertThat(mineClients.faults()).isEmpty();
                assertThat(otherClients.faults()).isEmpty();
                Await.until("the servers have seen every end", () -> mine.open() + other.open() == 0);
                assertThat(mine.faults()).isEmpty();
                assertThat(other.faults()).isEmpty();
            }
            List<PolicyChange> ofScope =
                    directory.history().stream().filter(change -> change.scope().equals(scope)).toList();
            assertThat(ofScope).hasSizeGreaterThanOrEqualTo(4)
                    .allSatisfy(change -> assertThat(change.lost()).as(change.summary()).isZero());
        }
    }

    @Test
    void aNewLoopOfTheBundle_isOnItsDriver_andTheScopeEndsWithTheBundle() throws Exception {
        try (Installed win = Installed.winselector();
                Installed first = GeneratedBundle.install("scoped.first", LoopOwner.class)) {
            win.start();
            admin.pin("default");
            PolicyScope scope = PolicyScope.bundle(first.id());
            admin.pin("winselector", PinOptions.defaults().withScope(scope));
            first.start();
            awaitDriver(loopOf(first), win.name());
            first.stop();
            assertThat(directory.pins()).as("it survives a stop").containsEntry(scope, "winselector");
            first.start();
            awaitDriver(loopOf(first), win.name());
            first.bundle().uninstall();
            assertThat(directory.pins()).doesNotContainKey(scope);
            List<PolicyChange> history = directory.history();
            assertThat(history.get(history.size() - 1).reason()).isEqualTo(ChangeReason.BUNDLE_UNINSTALLED);
        }
    }

    @Test
    void aLoopThatIsMadeInACall_isOnTheDriverOfItsPolicy_andDoesNotFollow_whileThatIsThere() throws Exception {
        try (Installed win = Installed.winselector()) {
            win.start();
            EventLoop loop = EventLoops.with(EventLoops.policy("winselector"),
                    () -> EventLoops.newEventLoop(LoopOptions.defaults().withName("of the call")));
            try {
                admin.pin("default");
                LoopInfo info = loop.info();
                assertThat(info.follows()).isFalse();
                assertThat(Framework.driverBundle(info)).isEqualTo(win.name());
                win.stop();
                onDefault(loop);
            } finally {
                loop.close();
            }
        }
    }

    private static EventLoop loopOf(Installed bundle) throws Exception {
        ServiceReference<EventLoop> reference = Framework.context()
                .getServiceReferences(EventLoop.class,
                        "(" + LoopOwner.OWNER + "=" + bundle.bundle().getSymbolicName() + ")")
                .iterator().next();
        return Framework.context().getService(reference);
    }

    private static void onDefault(EventLoop loop) throws Exception {
        awaitDriver(loop, Framework.DEFAULT + " [" + Framework.bundle(Framework.DEFAULT).getBundleId() + "]");
    }

    private static void awaitDriver(EventLoop loop, String bundle) throws Exception {
        Await.until("the loop is on the driver of " + bundle,
                () -> Framework.driverBundle(loop.info()).equals(bundle));
    }
}
