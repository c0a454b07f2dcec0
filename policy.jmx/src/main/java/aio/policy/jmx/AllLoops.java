package aio.policy.jmx;

import aio.loop.LoopDirectory;
import aio.policy.PolicyAdmin;
import java.time.Duration;
import java.util.List;

/** The bean of all loops. */
final class AllLoops implements LoopsMXBean {
    private final LoopDirectory directory;
    private final PolicyAdmin admin;

    AllLoops(LoopDirectory directory, PolicyAdmin admin) {
        this.directory = directory;
        this.admin = admin;
    }

    @Override
    public List<LoopView> getLoops() {
        return directory.loops().stream().map(LoopView::new).toList();
    }

    @Override
    public List<StatisticsView> getStatistics() {
        return directory.statistics().stream().map(StatisticsView::new).toList();
    }

    @Override
    public List<BlockView> getBlocks() {
        return directory.blocks().stream().map(BlockView::new).toList();
    }

    @Override
    public List<LoadView> getLoads() {
        return directory.loads().stream().map(LoadView::new).toList();
    }

    @Override
    public List<ConnectionView> connections(String name) {
        return directory.connections(name).stream().map(ConnectionView::new).toList();
    }

    @Override
    public String closeConnection(String name, long id) {
        ConnectionView closed = new ConnectionView(Caller.with(admin).closeConnection(name, id));
        return "connection " + id + " (" + closed.getLocal() + " -> " + closed.getPeer() + ", " + closed.getState()
                + ", " + closed.getProtocol() + " " + closed.getBundle() + ") of '" + name + "' is closed";
    }

    @Override
    public void close(String name) {
        Caller.with(admin).closeLoop(name);
    }

    @Override
    public List<String> drain(int seconds) {
        return Caller.with(admin).drain(Duration.ofSeconds(seconds));
    }
}
