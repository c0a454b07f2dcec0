package aio.core.registry;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Wall;
import aio.core.loop.Loops;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.link.RegistryLink;
import aio.loop.LoopClosedException;
import aio.process.watcher.ReaperLink;
import java.lang.System.Logger.Level;

/** One core: its loops, its registry, its reaper. Two frameworks have two, which share nothing. Any thread. */
public final class Core implements AutoCloseable {
    private static final CoreLog LOG = CoreLog.POLICY;

    private final Loops loops;
    private final Registry registry;
    private final SharedReaper reaper = new SharedReaper();
    private final ProcessLauncher launcher = new ProcessLauncher(reaper);
    private final CoreLoopFactory factory;
    private final RegistryLink link;
    private final ReaperLink reaperLink;

    /**
     * Makes a core and binds it to the facade.
     *
     * @throws IllegalStateException if another core shares this copy of the API
     */
    public Core(Owners owners, PolicyBundles bundles, String name) {
        loops = new Loops(type -> owners.of(type).bundle(), launcher);
        Followers followers = Followers.of(loops);
        registry = new Registry(followers, owners, bundles);
        loops.tellFailures(registry::driverGivenUp, registry::loopParked);
        loops.prepareBy(registry::prepare);
        factory = new CoreLoopFactory(followers, registry, reaper::newWatcher);
        link = RegistryLink.bind(registry, registry.admin(), registry.directory(), loops, name);
        reaperLink = ReaperLink.bind(reaper);
        registry.publishTo(link::publish);
    }

    public Loops loops() {
        return loops;
    }

    public Registry registry() {
        return registry;
    }

    public CoreLoopFactory factory() {
        return factory;
    }

    /** Takes the registry from the facade and gives the policies back: no code gets one any more. */
    public void unlink() {
        step("unbinding the registry", link::close);
        step("unbinding the reaper", reaperLink::close);
        step("giving the policies back", registry::close);
    }

    /** Ends every loop. */
    @Override
    public void close() {
        unlink();
        LoopClosedException cause = new LoopClosedException("the bundle aio.policy.core stops: its loops end with it"
                + " and can be made again when it is started again");
        step("ending the loops", () -> loops.closeAll(cause, registry.settings().stopWaitNanos()));
        step("ending the children", launcher::close);
        step("closing the reaper", reaper::close);
    }

    /** Does one step of the end; if it fails, the other steps are done all the same. */
    private static void step(String what, Wall.Step step) {
        Wall.run(LOG, Level.ERROR, "policy: " + what + " failed, the core continues to stop", step);
    }
}
