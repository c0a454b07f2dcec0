package aio.testkit;

import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Callbacks of which each schedules the next one, so that every turn of a loop has work. Now and then one of them sends
 * something to a receiver on the same loop, and the chain counts the links until it arrives.
 */
public final class CallbackChain {
    private static final int SENDS = 201;
    private static final int MOST_PASSED_OVER = 16;
    private static final int MOST_LINKS = 1_000_000;
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

    /**
     * Returns the greatest number of links allowed: the given one on Linux, which delivers at once what is sent on the
     * same machine; elsewhere as many as a loop may pass over polls.
     */
    public static int most(int onLinux) {
        return System.getProperty("os.name").startsWith("Linux") ? onLinux : onLinux + MOST_PASSED_OVER;
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
     * @return after how many links things arrive, 1 for the next link: the median of many, as the system may be late
     *     with a few
     */
    public LoopFuture<Integer> start() {
        loop.callSoonThreadsafe(this::link);
        return usualDelay;
    }

    private void link() {
        if (usualDelay.isDone()) {
            return;
        }
        if (delays.size() == SENDS) {
            usualDelay.setResult(delays.stream().sorted().toList().get(SENDS / 2));
            return;
        }
        if (++links > MOST_LINKS) {
            usualDelay.setException(new AssertionError("what was sent has not arrived after " + MOST_LINKS + " links"));
            return;
        }
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

    /** What was sent has arrived. Loop thread. */
    public void received() {
        if (!sent) {
            usualDelay.setException(new AssertionError("something came that was not sent"));
            return;
        }
        delays.add(links);
        sent = false;
        links = 0;
    }
}
