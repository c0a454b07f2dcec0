package aio.testkit;

import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Callbacks of which each schedules the next one, so that every turn of a loop has work. Now and then one of them sends
 * something to a receiver on the same loop: how many links later does it arrive?
 */
public final class CallbackChain {
    private static final int SENDS = 201;
    private static final int QUIET_LINKS = 20; // before each send, so that the loop passes over polls by then

    private final EventLoop loop;
    private final Send send;
    private final LoopFuture<Integer> usualDelay;
    private final List<Integer> delays = new ArrayList<>();
    private int links;
    private boolean sent;

    /** Sends something. */
    @FunctionalInterface
    public interface Send {
        /** Sends it. */
        void run() throws Exception;
    }

    /** Makes a chain; {@code send} is called on the thread of the loop, again when the last thing sent has arrived. */
    public CallbackChain(EventLoop loop, Send send) {
        this.loop = loop;
        this.send = Objects.requireNonNull(send, "send");
        this.usualDelay = loop.createFuture();
    }

    /**
     * Starts the chain. Any thread.
     *
     * @return after how many links things arrive, 1 for the next one: the middle one of many, as the system may be late
     *     with a few
     */
    public LoopFuture<Integer> start() {
        loop.callSoonThreadsafe(this::link);
        return usualDelay;
    }

    private void link() {
        if (delays.size() == SENDS) {
            usualDelay.setResult(delays.stream().sorted().toList().get(SENDS / 2));
            return;
        }
        links++;
        if (!sent && links == QUIET_LINKS) {
            sent = true;
            links = 0;
            try {
                send.run();
            } catch (Exception e) {
                usualDelay.setException(e);
                return;
            }
        }
        loop.callSoon(this::link);
    }

    /** What was sent is here. Loop thread. */
    public void received() {
        delays.add(links);
        sent = false;
        links = 0;
    }
}
