package aio.itest;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Connects again and again, one connection after the other, each for one checked echo; as often as it is allowed. */
final class Newcomers implements AutoCloseable {
    private static final int BYTES = 200;
    private static final int FIRST_NUMBER = 1_000_000;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final InetSocketAddress address;
    private final Semaphore permits = new Semaphore(0);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "itest-newcomers");
    private volatile boolean ended;
    private volatile int served;
    private int let;

    Newcomers(InetSocketAddress address) {
        this.address = address;
        thread.start();
    }

    /** Allows some further connections. */
    void let(int count) {
        let += count;
        permits.release(count);
    }

    Queue<String> faults() {
        return faults;
    }

    /** Waits until all allowed connections have been served; returns how many. */
    int finish() throws Exception {
        Await.until("all newcomers were served" + faults, () -> !faults.isEmpty() || served == let);
        return served;
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        permits.release();
        thread.join(TimeUnit.SECONDS.toMillis(TIMEOUT_MILLIS));
    }

    private void run() {
        for (int number = FIRST_NUMBER; faults.isEmpty(); number++) {
            permits.acquireUninterruptibly();
            if (ended) {
                return;
            }
            try {
                echo(number);
                served++;
            } catch (IOException e) {
                faults.add("newcomer " + (number - FIRST_NUMBER) + ": " + e);
            }
        }
    }

    private void echo(int number) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(address, TIMEOUT_MILLIS);
            ByteBuffer message = ByteBuffer.allocate(Integer.BYTES + BYTES).putInt(number);
            NumberedBytes.fill(message, number, 0);
            socket.getOutputStream().write(message.array());
            byte[] echo = new byte[message.capacity()];
            new DataInputStream(socket.getInputStream()).readFully(echo);
            if (!ByteBuffer.wrap(echo).equals(message.flip())) {
                faults.add("newcomer " + (number - FIRST_NUMBER) + " got back other bytes");
            }
            socket.shutdownOutput();
            if (socket.getInputStream().read() >= 0) {
                faults.add("newcomer " + (number - FIRST_NUMBER) + " got back more than it sent");
            }
        }
    }
}
