package aio.policy.jfr;

import aio.loop.ExchangeSlice;
import aio.loop.LoopBlock;
import aio.loop.LoopDirectory;
import aio.loop.LoopExchange;
import aio.loop.LoopListener;
import aio.policy.Installation;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import java.util.List;
import jdk.jfr.FlightRecorder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Writes what it is told to the recordings that run. Its types of events are there as long as it is. */
@Component(service = {})
public final class Recorder implements LoopListener {
    private final EventKind<PolicyChange> policyChange;
    private final EventKind<LoopExchange> exchange;
    private final EventKind<ExchangeSlice> slice;
    private final EventKind<LoopBlock> blockedLoop;
    private final EventKind<LoopBlock> slowCallback;
    private final LoopDirectory loops;
    private final Installation listening;

    /**
     * Registers the types, and listens.
     *
     * @throws IllegalStateException if this Java has no recorder
     */
    @Activate
    public Recorder(@Reference PolicyDirectory policies, @Reference LoopDirectory loops) {
        if (!FlightRecorder.isAvailable()) {
            throw new IllegalStateException("nothing is recorded: this Java has no Flight Recorder, or it is switched"
                    + " off; start it without -XX:-FlightRecorder, or do without the bundle aio.policy.jfr");
        }
        policyChange = Events.policyChange();
        exchange = Events.exchange();
        slice = Events.slice();
        blockedLoop = Events.blockedLoop();
        slowCallback = Events.slowCallback();
        this.loops = loops;
        loops.addListener(this);
        listening = policies.addListener(policyChange::write);
    }

    /** Listens no more, and takes the types away. What is being told right now is written still, or not. */
    @Deactivate
    void stop() {
        listening.close();
        loops.removeListener(this);
        List.of(policyChange, exchange, slice, blockedLoop, slowCallback).forEach(EventKind::close);
    }

    @Override
    public void blocked(LoopBlock block) {
        blockedLoop.write(block);
    }

    @Override
    public void unblocked(LoopBlock block) {
        slowCallback.write(block);
    }

    @Override
    public void sliceCarried(ExchangeSlice carried) {
        slice.write(carried);
    }

    @Override
    public void driverExchanged(LoopExchange exchanged) {
        exchange.write(exchanged);
    }
}
