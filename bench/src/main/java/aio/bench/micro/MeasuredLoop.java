package aio.bench.micro;

import java.io.IOException;

/**
 * What the benchmarks use of a loop, of whichever library. Each process measures one subject and thus loads one
 * implementation, so that the calls cost nothing.
 */
interface MeasuredLoop extends AutoCloseable {

    /** Schedules a callback. Inside the loop. */
    void soon(Runnable callback);

    /** Schedules a callback from another thread. */
    void soonThreadsafe(Runnable callback);

    /** Schedules a callback without asking for a handle, on any thread. */
    default void execute(Runnable callback) {
        soonThreadsafe(callback);
    }

    /** Schedules a callback for a time; the result is for {@link #cancel}. Inside the loop. */
    Object later(Delay delay, Runnable callback);

    /** Cancels what {@link #later} returned. Inside the loop. */
    void cancel(Object timer);

    /** Watches a descriptor that is never ready, so that every loop must ask the system. */
    void watchSilence() throws IOException;

    /** Starts a server that sends back what it receives, and returns its port. */
    int serveEcho();

    /** Calls {@code first} inside the loop and waits for {@link #finish}. */
    void run(Runnable first);

    /** Ends {@link #run}. Inside the loop. */
    void finish();

    @Override
    void close() throws IOException;
}
