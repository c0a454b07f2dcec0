package aio.example.late;

import aio.spi.ForwardingDriver;
import aio.spi.IoDriver;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The selector's driver, whose polls return 60 ms late. Threads as for any driver. */
final class LateDriver extends ForwardingDriver {
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    LateDriver(IoDriver real) {
        super(real);
    }

    @Override
    public int poll(long timeoutNanos) throws IOException {
        int found = super.poll(timeoutNanos);
        long end = System.nanoTime() + LATE_NANOS;
        for (long left = LATE_NANOS; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left); // a wakeup, too, has to wait
        }
        return found;
    }
}
