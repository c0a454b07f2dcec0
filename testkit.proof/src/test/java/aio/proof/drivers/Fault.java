package aio.proof.drivers;

import aio.proof.drivers.Planted.Call;
import aio.spi.DatagramPort;
import aio.spi.ListenerPort;
import aio.spi.StreamPort;
import aio.spi.WatchPort;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What a driver may do wrong, and the case of the contract that finds it. */
enum Fault {
    NONE("nothing", "", Call::proceed),
    BUSY_LOOP("turns without waiting", "poll_positive_waitsAtLeastThatLong",
            call -> call.is("IoDriver.poll") ? call.proceed(0L) : call.proceed()),
    WAITS_FOR_EVER("looks and waits all the same", "poll_zero_looksWithoutWaiting",
            call -> call.is("IoDriver.poll") && call.args()[0].equals(0L) ? hangs(call) : call.proceed()),
    FORGETS_WAKEUP("forgets a wake-up", "poll_negative_waitsForWakeup",
            call -> call.is("IoDriver.wakeup") ? call.nothing()
                    : call.is("IoDriver.poll") && call.args()[0].equals(-1L) ? hangs(call) : call.proceed()),
    KEEPS_WAKEUP("is woken once and for ever", "poll_afterWakeup_returnsAtOnceOnce", Fault::keepsWakeup),
    KEEPS_INTERRUPT("leaves the interrupt flag set", "poll_interrupted_clearsTheFlagAndWaits", call -> {
        boolean flag = call.is("IoDriver.poll") && Thread.currentThread().isInterrupted();
        Object result = call.proceed();
        if (flag) {
            Thread.currentThread().interrupt();
        }
        return result;
    }),
    DELIVERS_IN_POLL("delivers in poll already", "events_areDeliveredInDispatchOnly", call -> {
        Object result = call.proceed();
        if (call.is("IoDriver.poll")) {
            call.scope().driver().dispatch();
        }
        return result;
    }),
    SWALLOWS_ERRORS("swallows what an event throws", "dispatch_eventThrows_continuesAfterItNextTime", call -> {
        try {
            return call.proceed();
        } catch (RuntimeException | Error e) {
            if (call.is("IoDriver.dispatch")) {
                return call.nothing();
            }
            throw e;
        }
    }),
    BOUND_TO_A_THREAD("works on its first thread only", "driver_movesBetweenThreadsBetweenTurns", Fault::bound),
    DELIVERS_AFTER_RELEASE("delivers after the release", "dispatch_portReleasedSincePoll_isSkipped",
            Fault::releasesLate),
    NEVER_RELEASES("keeps a channel that was released", "release_twiceAndPoll_forgetsTheChannel",
            call -> call.is("StreamPort.release") ? call.nothing() : call.proceed()),
    CLOSES_ON_RELEASE("closes a channel that it releases", "release_twiceAndPoll_forgetsTheChannel", call -> {
        Object result = call.proceed();
        if (call.is("StreamPort.release") && call.channel() instanceof Channel channel) {
            channel.close();
        }
        return result;
    }),
    CLOSES_CHANNELS("closes the channels with itself", "close_withPorts_leavesChannelsOpenAndPortsHarmless",
            Fault::closesChannels),
    LEAKS("holds what it has released", "release_dispatched_isNotKeptAlive", call -> {
        if (call.is("IoDriver.adopt")) {
            note(call, "held").add(call.args()[1]);
        }
        return call.proceed();
    }),
    ADOPTS_TWICE("adopts a channel twice", "adopt_twice_isRefusedAndLeavesTheFirst", Fault::adoptsTwice),
    IS_SILENT_WHEN_CLOSED("works on when it is closed", "close_twice_thenEverythingSaysSo", call ->
            call.is("IoDriver.poll") && !note(call, "closed").isEmpty() ? 0 : closed(call)),
    LOSES_A_BYTE("loses a byte", "stream_underTraffic_losesNoByte", Fault::losesByte),
    DOUBLES_A_BYTE("delivers a byte twice", "reading_startsPausedAndIsSwitched", Fault::doublesByte),
    REORDERS("exchanges two bytes", "stream_underTraffic_losesNoByte", Fault::reorders),
    READS_UNASKED("reads before it is asked", "reading_startsPausedAndIsSwitched", call -> {
        Object result = call.proceed();
        if (result instanceof StreamPort port) {
            port.resumeReading();
        }
        return result;
    }),
    IGNORES_PAUSE("reads on while paused", "received_pausesItself_readsNoMore",
            call -> call.is("StreamPort.pauseReading") ? call.nothing() : call.proceed()),
    FORGETS_THE_END("forgets the end of a stream", "endOfStream_comesOnceAfterTheBytes",
            call -> call.is("StreamEvents.endOfStream") ? call.nothing() : call.proceed()),
    ENDS_TWICE("tells the end twice", "endOfStream_comesOnceAfterTheBytes",
            call -> twice(call, "StreamEvents.endOfStream")),
    FORGETS_WRITABLE("forgets that there is room again", "write_partlyTaken_signalsWritableOnce",
            call -> call.is("StreamEvents.writable") ? call.nothing() : call.proceed()),
    TELLS_ROOM_TWICE("tells twice that there is room", "write_partlyTaken_signalsWritableOnce",
            call -> twice(call, "StreamEvents.writable")),
    WRITES_A_WRONG_BYTE("writes a wrong byte", "write_gathering_keepsOrderAndPositions", Fault::writesWrong),
    WRITES_OUT_OF_ORDER("writes buffers in the wrong order", "write_gathering_keepsOrderAndPositions",
            Fault::writesBackwards),
    ENDS_BOTH_SIDES("ends its input with its output", "shutdownOutput_endsThePeersReadingOnly", call -> {
        Object result = call.proceed();
        if (call.is("StreamPort.shutdownOutput") && call.channel() instanceof SocketChannel channel) {
            channel.shutdownInput();
        }
        return result;
    }),
    SWALLOWS_RESET("swallows a reset", "reset_failsOnceThenNothing",
            call -> call.is("StreamEvents.failed") ? call.nothing() : call.proceed()),
    SENDS_THE_WRONG_PART("sends another part of a file",
            "transferFrom_takesWhatThereIsRoomFor_andTellsWhenThereIsMore",
            call -> call.is("StreamPort.transferFrom")
                    ? call.proceed(call.args()[0], (long) call.args()[1] + 1, call.args()[2]) : call.proceed()),
    ACCEPTS_UNASKED("accepts before it is asked", "accepting_startsPausedAndIsSwitched", call -> {
        Object result = call.proceed();
        if (result instanceof ListenerPort port) {
            port.resumeAccepting();
        }
        return result;
    }),
    LOSES_A_CONNECTION("loses a connection that it has accepted", "manyConnections_areAcceptedInBatches",
            Fault::losesAccepted),
    CONNECTS_TWICE("tells a connect twice", "connect_succeeds_onceAndIsThenAStream",
            call -> twice(call, "ConnectEvents.connected")),
    SWALLOWS_REFUSAL("swallows a refused connect", "connect_refused_failsOnce",
            call -> call.is("ConnectEvents.failed") ? call.nothing() : call.proceed()),
    CUTS_DATAGRAMS("cuts datagrams", "datagrams_keepTheirBorders_alsoEmptyOnes", call -> {
        if (call.is("DatagramEvents.received") && call.args()[0] instanceof ByteBuffer data && data.remaining() > 1) {
            data.limit(data.limit() - 1);
        }
        return call.proceed();
    }),
    RECEIVES_UNASKED("receives datagrams before it is asked", "adopt_startsPaused", call -> {
        Object result = call.proceed();
        if (result instanceof DatagramPort port) {
            port.resumeReceiving();
        }
        return result;
    }),
    WATCHES_UNASKED("tells of readiness that is not wanted", "serveRaw_startsWithNoInterest_andIsLevelTriggered",
            Fault::watchesUnasked);

    private static final long HANGING_NANOS = 1_000_000_000;

    private final String what;
    private final String test;
    private final Behaviour behaviour;

    /** What happens instead of a call. */
    @FunctionalInterface
    private interface Behaviour {
        Object call(Call call) throws Throwable;
    }

    Fault(String what, String test, Behaviour behaviour) {
        this.what = what;
        this.test = test;
        this.behaviour = behaviour;
    }

    /** Returns what the driver does wrong. */
    String what() {
        return what;
    }

    /** Returns the name of the test that finds it. */
    String test() {
        return test;
    }

    Object call(Call call) throws Throwable {
        return behaviour.call(call);
    }

    @SuppressWarnings("unchecked") // made here only
    private static List<Object> note(Call call, String name) {
        return (List<Object>) call.scope().notes()
                .computeIfAbsent(name, any -> Collections.synchronizedList(new ArrayList<>()));
    }

    /** Waits without a limit, but for the build, which has better things to do. */
    private static Object hangs(Call call) throws Throwable {
        long begin = System.nanoTime();
        Object result = call.proceed(HANGING_NANOS);
        if (System.nanoTime() - begin >= HANGING_NANOS) {
            throw new IllegalStateException("would hang for ever");
        }
        return result;
    }

    private static Object twice(Call call, String name) throws Throwable {
        if (call.is(name)) {
            call.proceed();
        }
        return call.proceed();
    }

    private static Object watchesUnasked(Call call) throws Throwable {
        Object result = call.proceed();
        if (result instanceof WatchPort port) {
            port.interest(true, true);
        }
        return result;
    }

    private static Object keepsWakeup(Call call) throws Throwable {
        if (call.is("IoDriver.wakeup")) {
            note(call, "woken").add(true);
        }
        return call.is("IoDriver.poll") && !note(call, "woken").isEmpty() ? call.proceed(0L) : call.proceed();
    }

    private static Object bound(Call call) throws Throwable {
        if (call.is("IoDriver.poll")) {
            Object first = call.scope().notes().putIfAbsent("thread", Thread.currentThread());
            if (first != null && first != Thread.currentThread()) {
                throw new IllegalStateException("another thread");
            }
        }
        return call.proceed();
    }

    private static Object releasesLate(Call call) throws Throwable {
        if (call.is("StreamPort.release")) {
            note(call, "late").add(call);
            return call.nothing();
        }
        Object result = call.proceed();
        if (call.is("IoDriver.dispatch")) {
            for (Object late : List.copyOf(note(call, "late"))) {
                ((Call) late).proceed();
            }
        }
        return result;
    }

    private static Object closesChannels(Call call) throws Throwable {
        if (call.is("IoDriver.adopt")) {
            note(call, "channels").add(call.args()[0]);
        }
        Object result = call.proceed();
        if (call.is("IoDriver.close")) {
            for (Object each : note(call, "channels")) {
                ((Channel) each).close();
            }
        }
        return result;
    }

    private static Object adoptsTwice(Call call) throws Throwable {
        if (!call.is("IoDriver.adopt")) {
            return call.proceed();
        }
        try {
            Object port = call.proceed();
            call.scope().notes().put("port", port);
            return port;
        } catch (IllegalStateException e) {
            return call.scope().notes().get("port");
        }
    }

    private static Object closed(Call call) throws Throwable {
        if (call.is("IoDriver.close")) {
            note(call, "closed").add(true);
        }
        return call.proceed();
    }

    private static Object losesByte(Call call) throws Throwable {
        if (!call.is("StreamEvents.filled")) {
            return call.proceed();
        }
        ByteBuffer filled = (ByteBuffer) call.args()[0];
        int count = (int) call.args()[1];
        if (count > 8) {
            filled.position(filled.position() - 1);
            count--;
        }
        return call.proceed(filled, count);
    }

    private static Object doublesByte(Call call) throws Throwable {
        if (!call.is("StreamEvents.filled")) {
            return call.proceed();
        }
        ByteBuffer filled = (ByteBuffer) call.args()[0];
        int count = (int) call.args()[1];
        if (filled.hasRemaining()) {
            filled.put(filled.get(filled.position() - 1));
            count++;
        }
        return call.proceed(filled, count);
    }

    private static Object reorders(Call call) throws Throwable {
        if (call.is("StreamEvents.filled") && (int) call.args()[1] > 1) {
            ByteBuffer filled = (ByteBuffer) call.args()[0];
            int last = filled.position() - 1;
            byte swapped = filled.get(last);
            filled.put(last, filled.get(last - 1)).put(last - 1, swapped);
        }
        return call.proceed();
    }

    private static Object writesWrong(Call call) throws Throwable {
        if (call.is("StreamPort.write") && call.args().length == 3) {
            ByteBuffer first = ((ByteBuffer[]) call.args()[0])[(int) call.args()[1]];
            if (first.hasRemaining() && !first.isReadOnly()) {
                first.put(first.position(), (byte) ~first.get(first.position()));
            }
        }
        return call.proceed();
    }

    private static Object writesBackwards(Call call) throws Throwable {
        if (call.is("StreamPort.write") && call.args().length == 3) {
            List<ByteBuffer> all = new ArrayList<>(List.of((ByteBuffer[]) call.args()[0]));
            Collections.reverse(all);
            return call.proceed(all.toArray(ByteBuffer[]::new), call.args()[1], call.args()[2]);
        }
        return call.proceed();
    }

    private static Object losesAccepted(Call call) throws Throwable {
        if (call.is("ListenerEvents.accepted")) {
            AtomicInteger count = (AtomicInteger) call.scope().notes().computeIfAbsent("n", any -> new AtomicInteger());
            if (count.incrementAndGet() == 3) {
                ((SocketChannel) call.args()[0]).close();
                return call.nothing();
            }
        }
        return call.proceed();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
