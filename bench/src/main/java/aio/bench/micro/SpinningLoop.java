package aio.bench.micro;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * The minimum that runs callbacks of other threads: a thread that never sleeps and takes them from a queue of the JDK.
 * The rest of a ping-pong is the time that the asking thread takes to wake up.
 */
final class SpinningLoop implements MeasuredLoop {
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore finished = new Semaphore(0);
    private volatile boolean closed;

    SpinningLoop() {
        Thread thread = new Thread(this::spin, "loop");
        thread.setDaemon(true);
        thread.start();
    }

    private void spin() {
        while (!closed) {
            Runnable callback = queue.poll();
            if (callback == null) {
                Thread.onSpinWait();
            } else {
                callback.run();
            }
        }
    }

    @Override
    public void soon(Runnable callback) {
        queue.add(callback);
    }

    @Override
    public void soonThreadsafe(Runnable callback) {
        queue.add(callback);
    }

    @Override
    public Object later(Delay delay, Runnable callback) {
        throw new UnsupportedOperationException("the spinning thread has no timers: measure another subject");
    }

    @Override
    public void cancel(Object timer) {
        throw new UnsupportedOperationException("the spinning thread has no timers: measure another subject");
    }

    @Override
    public void watchSilence() {
        throw new UnsupportedOperationException("the spinning thread watches nothing: measure another subject");
    }

    @Override
    public int serveEcho() {
        throw new UnsupportedOperationException("the spinning thread serves no connections: measure another subject");
    }

    @Override
    public void run(Runnable first) {
        queue.add(first);
        finished.acquireUninterruptibly();
    }

    @Override
    public void finish() {
        finished.release();
    }

    @Override
    public void close() {
        closed = true;
    }
}
