package aio.core.kernel;

import aio.spi.IoDriverFactory;
import aio.spi.Port;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries the channels of one loop from the drivers that it leaves to its new driver, in slices, and counts them. The
 * new driver adopts a channel before the old one releases it, so a channel is never without a driver. Loop thread.
 */
final class Carriage {
    // A slice may take 1 ms. Carrying a channel costs 4 to 6 us, and flushing its cancelled key the same in the next
    // poll; where the JDK's selector has to enlarge its set of keys, one channel of thousands costs 0.5 ms.
    static final int SLICE = 100;
    private static final long SLICE_BUDGET_NANOS = 400_000;

    private final DriverSeat seat;
    private final @Nullable IoDriverFactory origin;
    private final Progress progress;
    private final List<String> stayed = new ArrayList<>();
    private int carried;
    private int suspended;
    private int kept;
    private int lost;
    private long longestPauseNanos;
    private boolean returning;

    Carriage(DriverSeat seat, @Nullable IoDriverFactory origin, Progress progress) {
        this.seat = seat;
        this.origin = origin;
        this.progress = progress;
    }

    /** From now on channels are carried back: they count neither as kept nor as stayed. */
    void turnBack() {
        returning = true;
        kept = 0;
        suspended = 0;
    }

    /** Notes why a channel has stayed. */
    void stayed(String reason) {
        stayed.add(reason);
    }

    /** Notes how long the loop did nothing else. */
    void pause(long nanos) {
        longestPauseNanos = Math.max(longestPauseNanos, nanos);
    }

    /** A slice has ended, in which the loop did nothing else. */
    void sliceEnds(long nanos) {
        pause(nanos);
        int channels = carried;
        carried = 0;
        progress.sliced(seat.factory(), channels, nanos, counts());
    }

    /** Nothing is left to carry: listeners are told. */
    void ends() {
        progress.over(seat.factory(), counts());
    }

    private Progress.Counts counts() {
        return new Progress.Counts(kept, lost, longestPauseNanos, returning);
    }

    /**
     * Carries some channels.
     *
     * @return the refusal of the new driver, or null
     */
    @Nullable Throwable slice(long start) {
        for (int i = 0; i < SLICE; i++) {
            Attachment attachment = seat.firstLeft();
            if (attachment == null) {
                return null;
            }
            Throwable refusal = carry(attachment);
            if (refusal != null) {
                return refusal;
            }
            if (System.nanoTime() - start > SLICE_BUDGET_NANOS) {
                return null;
            }
        }
        return null;
    }

    /** Carries one channel; returns the refusal of the new driver, or null if the channel was carried or is lost. */
    private @Nullable Throwable carry(Attachment attachment) {
        Mount to = seat.mount();
        Port before = attachment.port();
        try {
            to.adopt(attachment);
        } catch (Throwable e) { // the driver's alone: adopting calls no other foreign code
            boolean isFault = attachment.isFaultOfDriver(e);
            if (isFault) {
                to.failed(e);
            }
            if (returning && !isFault || !attachment.channel().isOpen()) {
                lost += attachment.ownsChannel() ? 1 : 0; // a watched channel that its user closed is no loss
                seat.detach(attachment);
                attachment.lost(e);
                return null;
            }
            return e;
        }
        seat.passTo(to, attachment, before);
        carried++;
        suspended += attachment.port() == null ? 1 : 0;
        kept += returning || !attachment.isConnection() ? 0 : 1;
        return null;
    }

    /** Returns what was done; to be called when nothing is left to carry. */
    Outcome outcome(String loopName) {
        boolean moved = seat.factory() != origin;
        if (moved && suspended > 0) {
            stayed.add(suspended + " watched descriptor(s) or datagram endpoint(s) of loop \"" + loopName
                    + "\" are suspended: driver " + seat.driverText()
                    + " does not serve them; they continue under one that does");
        }
        return new Outcome(moved ? 1 : 0, moved ? kept : 0, lost, longestPauseNanos, List.copyOf(stayed));
    }
}
