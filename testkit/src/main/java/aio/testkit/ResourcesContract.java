package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.ConnectionOptions;
import aio.loop.LoopFuture;
import aio.loop.LoopResource;
import aio.loop.ResourceKind;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.loop.Task;
import aio.loop.TimerHandle;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What lives on a loop, as {@code LoopDirectory.resources} shows it: asyncio's warnings of resources, asked for. */
@NotInAsyncio("a loop does not list what lives on it")
public abstract class ResourcesContract extends LoopContract {

    /** A protocol that does nothing. */
    private static final class Quiet implements StreamProtocol {}

    private List<LoopResource> resources() {
        return EventLoops.loopDirectory().resources(loop.name());
    }

    private LoopResource only(ResourceKind kind) {
        List<LoopResource> all = resources();
        assertThat(all).as("all of loop \"%s\"", loop.name()).singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(kind));
        assertThat(all.get(0).loop()).isEqualTo(loop.name());
        assertThat(all.get(0).bundle()).isEmpty();
        return all.get(0);
    }

    private static void assertMadeHere(LoopResource resource, String method) {
        assertThat(resource.madeAt()).as("where %s was made", resource.text()).isNotEmpty();
        StackTraceElement first = resource.madeAt().get(0);
        assertThat(first.getClassName()).isEqualTo(ResourcesContract.class.getName());
        assertThat(first.getMethodName()).isEqualTo(method);
    }

    @Test
    void aFreshLoop_hasNothing() {
        loop.callSoon(() -> {});
        assertThat(resources()).isEmpty();
        assertThatThrownBy(() -> EventLoops.loopDirectory().resources("nobody"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("no loop 'nobody'; open: ");
    }

    @Test
    void timersAndSleeps_areShown_untilTheyEnd() {
        loop.setDebug(true);
        TimerHandle timer = loop.callLater(Duration.ofHours(1), new Quiet()::eofReceived);
        assertMadeHere(only(ResourceKind.TIMER), "timersAndSleeps_areShown_untilTheyEnd");
        assertThat(only(ResourceKind.TIMER).owner()).startsWith(ResourcesContract.class.getName());
        timer.cancel();
        assertThat(resources()).isEmpty();
        LoopFuture<Void> sleep = loop.sleep(Duration.ofHours(1));
        assertMadeHere(only(ResourceKind.TIMER), "timersAndSleeps_areShown_untilTheyEnd");
        assertThat(only(ResourceKind.TIMER).text()).contains("sleep");
        sleep.cancel();
        assertThat(resources()).isEmpty();
    }

    @Test
    void aTask_isShown_untilItIsDone() {
        loop.setDebug(true);
        Task<Void> task = loop.createTask(CompletableFuture<Void>::new, "endless");
        runBriefly(loop);
        assertMadeHere(only(ResourceKind.TASK), "aTask_isShown_untilItIsDone");
        assertThat(only(ResourceKind.TASK).text()).contains("endless");
        task.cancel();
        runTurns(loop, 2);
        assertThat(resources()).isEmpty();
    }

    @Test
    void aFailureThatNobodyHasLookedAt_isShown_untilSomebodyDoes() {
        LoopFuture<Void> failed = loop.createFuture();
        failed.setException(new IllegalStateException("not looked at"));
        LoopResource shown = only(ResourceKind.UNRETRIEVED);
        assertMadeHere(shown, "aFailureThatNobodyHasLookedAt_isShown_untilSomebodyDoes");
        assertThat(shown.text()).contains("not looked at");
        assertThat(shown.owner()).isEqualTo(IllegalStateException.class.getName());
        assertThat(failed.exception()).hasMessage("not looked at");
        assertThat(resources()).isEmpty();
    }

    @Test
    void serversAndConnections_areShown_withWhoMadeThem() {
        loop.setDebug(true);
        Server server = loop.runUntilComplete(loop.createServer(Quiet::new, ServerOptions.at("127.0.0.1", 0)));
        assertMadeHere(only(ResourceKind.SERVER), "serversAndConnections_areShown_withWhoMadeThem");
        StreamTransport client = loop.runUntilComplete(
                loop.createConnection(Quiet::new, ConnectionOptions.to("127.0.0.1", server.port()))).transport();
        runUntil(loop, "both ends are there", () -> resources().stream()
                .filter(one -> one.kind() == ResourceKind.CONNECTION).count() == 2);
        assertThat(resources()).filteredOn(one -> one.kind() == ResourceKind.CONNECTION)
                .allSatisfy(one -> assertMadeHere(one, "serversAndConnections_areShown_withWhoMadeThem"))
                .allSatisfy(one -> assertThat(one.owner()).isEqualTo(Quiet.class.getName()));
        client.close();
        server.close();
        runUntil(loop, "all has ended", () -> resources().stream()
                .allMatch(one -> one.kind() == ResourceKind.TIMER)); // its own, that looks again
    }

    @Test
    void outsideOfDebugMode_whereIsNotNoted() {
        loop.setDebug(false);
        loop.callLater(Duration.ofHours(1), () -> {});
        assertThat(only(ResourceKind.TIMER).madeAt()).isEmpty();
    }
}
