package aio.core.registry;

import aio.RegistryLink;
import aio.core.loop.Loops;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.LoopClosedException;
import aio.process.ReaperLink;

/** One core: its loops, its registry, its reaper. Two frameworks have two, which share nothing. Any thread. */
public final class Core implements AutoCloseable {
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
        loops = new Loops(type -> owners.of(type).toString(), launcher);
        Followers followers = Followers.of(loops);
        registry = new Registry(followers, owners, bundles);
        factory = new CoreLoopFactory(followers, registry, reaper::newWatcher);
        link = RegistryLink.bind(registry, name);
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

    /** Takes the registry from the facade and gives the policies back: nobody gets one any more. */
    public void unlink() {
        link.close();
        reaperLink.close();
        registry.close();
    }

    /** Ends every loop. */
    @Override
    public void close() {
        unlink();
        loops.closeAll(new LoopClosedException("the bundle aio.policy.core stops: its loops end with it"
                + " and can be made anew when it is started again"), registry.settings().stopWaitNanos());
        launcher.close();
        reaper.close();
    }
}
