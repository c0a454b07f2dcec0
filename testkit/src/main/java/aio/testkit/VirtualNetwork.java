package aio.testkit;

import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import aio.loop.LoopFuture;
import aio.transport.Connection;
import aio.transport.StreamProtocol;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A network in memory between {@link VirtualLoops}. Bytes arrive by the virtual clock, after a latency; so hours of
 * a protocol pass in milliseconds, and a seed that fails replays exactly. The seed chooses each latency, and where a
 * stream is cut into pieces: as from a socket, one call of {@code dataReceived} may have a part of a write, or several
 * writes of one turn. Bytes keep their order.
 *
 * <p>A connection has an unmodified {@link StreamProtocol} at both ends, with a transport that behaves as that of a
 * socket: flow control, half-closed streams, and a reset for who writes to a peer that is gone. {@link #links} breaks,
 * slows and holds up connections. There is no TLS, and nothing of the driver of a loop is in use; these connections
 * are not among the resources of a loop. A protocol that throws fails the run, as each callback does.
 *
 * <p>Thread safety: the thread of the loops. Calls are allowed between runs and in callbacks of any of the loops. What
 * asyncio has no counterpart for; as {@code turmoil} is for tokio.
 */
public final class VirtualNetwork {
    private static final int USUAL_ROOM = 65_536; // bytes, as a small socket buffer

    private final VirtualLoops loops;
    private final Random random;
    private final Map<String, Listener> listeners = new HashMap<>();
    private final List<VirtualLink> links = new ArrayList<>();
    private long shortestNanos = Duration.ofMillis(1).toNanos();
    private long longestNanos = Duration.ofMillis(20).toNanos();
    private int room = USUAL_ROOM;
    private int connections;

    /** Who takes connections under a name. */
    private record Listener(EventLoop loop, Supplier<? extends StreamProtocol> factory) {}

    private VirtualNetwork(VirtualLoops loops) {
        this.loops = loops;
        this.random = new Random(loops.seed());
    }

    /** Makes a network without listeners, with the seed and the clock of these loops. */
    public static VirtualNetwork of(VirtualLoops loops) {
        return new VirtualNetwork(loops);
    }

    /**
     * Sets how long a piece is on its way, from 1 to 20 ms unless set. Holds for what is sent from now on; nothing
     * overtakes what was sent before on the same connection.
     *
     * @throws IllegalArgumentException unless {@code 0 <= shortest <= longest}
     */
    public void setLatency(Duration shortest, Duration longest) {
        if (shortest.isNegative() || shortest.compareTo(longest) > 0) {
            throw new IllegalArgumentException("latency from " + shortest + " to " + longest
                    + ", expected 0 or more, the shortest first");
        }
        shortestNanos = shortest.toNanos();
        longestNanos = longest.toNanos();
    }

    /**
     * Sets how many bytes of a direction may be on their way or wait for a reader that has paused, 65,536 unless set.
     * What is beyond that stays in the write buffer of the transport. Holds for later connections.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public void setRoom(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("room for " + bytes + " bytes, expected 1 or more");
        }
        room = bytes;
    }

    /**
     * Takes connections to a name, in place of who took them before; those that are made stay.
     *
     * @param factory called on the loop for each connection
     */
    public void listen(String name, EventLoop loop, Supplier<? extends StreamProtocol> factory) {
        listeners.put(name, new Listener(loop, factory));
    }

    /** Refuses connections to a name from now on; those that are made stay. */
    public void refuse(String name) {
        listeners.remove(name);
    }

    /**
     * Connects a loop to a name. The listener sees the connection after one latency, this side after two.
     *
     * @param factory called on the loop when the connection is made
     * @return completed on the loop, after {@code connectionMade}; failed with a {@link ConnectException} if nobody
     *     listens when the connect arrives
     */
    public <P extends StreamProtocol> LoopFuture<Connection<P>> connect(String name, EventLoop loop,
            Supplier<P> factory) {
        LoopFuture<Connection<P>> made = loop.createFuture();
        int number = ++connections;
        after(latencyNanos(), loop, () -> {
            Listener listener = listeners.get(name);
            if (listener == null) {
                after(latencyNanos(), loop, () -> fail(made, name));
                return;
            }
            tell(listener.loop(), () -> accept(listener, new Call<>(name, number, loop, factory, made)));
        });
        return made;
    }

    private static void fail(LoopFuture<?> made, String name) {
        if (!made.isDone()) {
            made.setException(new ConnectException("Connect call failed '" + name + "': nobody listens there"));
        }
    }

    /** A connect on its way. */
    private record Call<P extends StreamProtocol>(String name, int number, EventLoop loop, Supplier<P> factory,
            LoopFuture<Connection<P>> made) {}

    private <P extends StreamProtocol> void accept(Listener listener, Call<P> call) {
        String client = "client-" + call.number();
        VirtualTransport there = new VirtualTransport(listener.loop(), call.name(), client);
        VirtualTransport here = new VirtualTransport(call.loop(), client, call.name());
        VirtualLink link = new VirtualLink(this, here, there);
        links.add(link);
        there.begin(listener.factory().get());
        link.toClient().send(() -> {
            if (call.made().isDone()) {
                here.begin(new StreamProtocol() {}); // given up meanwhile
                here.abort();
                return;
            }
            P protocol = call.factory().get();
            here.begin(protocol);
            call.made().setResult(new Connection<>(here, protocol));
        });
    }

    /** Returns the connections that have not ended at both ends, in the order in which they were accepted. */
    public List<VirtualLink> links() {
        links.removeIf(VirtualLink::isOver);
        return List.copyOf(links);
    }

    // ---- for links

    long now() {
        return loops.elapsed().toNanos();
    }

    long latencyNanos() {
        return shortestNanos + (long) (random.nextDouble() * (longestNanos - shortestNanos));
    }

    int room() {
        return room;
    }

    /** Returns how long the next piece of so many bytes is: mostly all of them. */
    int piece(int bytes) {
        return random.nextInt(4) == 0 ? 1 + random.nextInt(bytes) : bytes;
    }

    /** Runs something on a loop after some time, which begins now. */
    void after(long nanos, EventLoop loop, Runnable what) {
        long due = now() + nanos;
        tell(loop, () -> loop.callLater(Duration.ofNanos(Math.max(0, due - now())), what));
    }

    /** Runs something on a loop, unless that is closed. */
    static void tell(EventLoop loop, Runnable what) {
        try {
            loop.callSoonThreadsafe(what);
        } catch (LoopClosedException e) {
            // as a host that is off
        }
    }
}
