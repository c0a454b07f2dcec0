package aio.dist;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One connection that sends numbers and wants each of them back, until it is stopped or the server ends it. */
public final class EchoClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final Thread thread = new Thread(this::talk, "echo-client");
    private volatile long answered;
    private volatile boolean stopped;
    private volatile @Nullable String failure;
    private volatile boolean endedByServer;

    private EchoClient(Socket socket) {
        this.socket = socket;
    }

    /** Connects to a server that listens. */
    public static EchoClient connect(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(server, PATIENCE_MILLIS);
            return start(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static EchoClient start(Socket socket) throws SocketException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        EchoClient client = new EchoClient(socket);
        client.thread.start();
        return client;
    }

    /** Connects as soon as a server listens. */
    static EchoClient connect(int port, RunningContainer container) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
                return start(socket);
            } catch (IOException e) {
                socket.close();
                if (System.nanoTime() - deadline > 0 || !container.isAlive()) {
                    throw new IOException("no server listens; the container printed " + container.output(), e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private void talk() {
        try (DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            for (long number = 1; !stopped; number++) {
                out.writeLong(number);
                long back = in.readLong();
                if (back != number) {
                    failure = "sent " + number + ", got " + back;
                    return;
                }
                answered = number;
            }
        } catch (EOFException | SocketException e) {
            endedByServer = true;
        } catch (IOException e) {
            failure = e.toString();
        }
    }

    /** Returns how many numbers have come back. */
    public long answered() {
        return answered;
    }

    /** Waits until further numbers have come back, which were sent after the call. */
    public void awaitProgress() {
        long goal = answered + 2;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (answered < goal && thread.isAlive() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        if (answered < goal) {
            throw new AssertionError("the connection is stuck or broken after " + answered + " numbers: " + failure
                    + (endedByServer ? "ended by the server" : ""));
        }
    }

    /** Stops; returns what went wrong, or null. */
    public @Nullable String stop() throws InterruptedException {
        stopped = true;
        thread.join(PATIENCE_MILLIS);
        return endedByServer ? "ended by the server after " + answered + " numbers" : failure;
    }

    /** Waits until the server ends the connection; returns what else went wrong, or null. */
    @Nullable String awaitEnd() throws InterruptedException {
        thread.join(PATIENCE_MILLIS);
        return endedByServer ? null : "not ended by the server; " + failure;
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        socket.close();
    }
}
