package aio.core.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A time that passes only when the test says so. One thread. */
final class ManualTimes {
    private final List<ManualTimer> timers = new ArrayList<>();
    private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30); // it runs over soon, as any clock may
    final Times times = new Times(() -> nanos, work -> {
        ManualTimer timer = new ManualTimer(work);
        timers.add(timer);
        return timer;
    });

    /** Lets time pass; what is due meanwhile is done at its time. */
    void pass(long millis) {
        long end = nanos + TimeUnit.MILLISECONDS.toNanos(millis);
        for (ManualTimer next = next(end); next != null; next = next(end)) {
            nanos = next.due;
            next.isSet = false;
            next.work.run();
        }
        nanos = end;
    }

    private @Nullable ManualTimer next(long end) {
        return timers.stream()
                .filter(timer -> timer.isSet && end - timer.due >= 0)
                .min((a, b) -> Long.compare(a.due - nanos, b.due - nanos))
                .orElse(null);
    }

    /** Tells whether anything waits for a time. */
    boolean isAnySet() {
        return timers.stream().anyMatch(timer -> timer.isSet);
    }

    private final class ManualTimer implements Timer {
        private final Runnable work;
        private boolean isSet;
        private long due;

        private ManualTimer(Runnable work) {
            this.work = work;
        }

        @Override
        public void set(long delayNanos) {
            isSet = true;
            due = nanos + delayNanos;
        }

        @Override
        public void clear() {
            isSet = false;
        }

        @Override
        public void close() {
            isSet = false;
        }
    }
}
