package aio.policy.fleet.node;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A network between a node and ZooKeeper, or between two servers, which can be cut: connections break, and no new ones
 * are let through.
 */
final class Proxy implements AutoCloseable {
    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final boolean election;
    private volatile boolean cut;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Proxy(String connect) throws IOException {
        this(Integer.parseInt(connect.substring(connect.lastIndexOf(':') + 1)), false);
    }

    /**
     * Makes a network to a port of this host.
     *
     * @param election whether servers elect over it: each one begins with its own address, at which the other one calls
     *     back, past this network; that address is left out, as in older versions of their protocol
     */
    Proxy(int port, boolean election) throws IOException {
        this.election = election;
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run(this::accept);
    }

    String connect() {
        return "127.0.0.1:" + port();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Lets nothing that the server says through, and breaks no connection, until it is released. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Socket far = new Socket();
                open.add(near);
                open.add(far);
                if (cut) {
                    breakAll();
                } else {
                    far.connect(target);
                    run(() -> carry(near, far, election));
                    run(() -> carry(far, near, false));
                }
            } catch (IOException e) {
                breakAll(); // a server that is gone, or the end of this one
            }
        }
    }

    private void carry(Socket from, Socket to, boolean greets) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            if (greets) {
                greet(new DataInputStream(in), out);
            }
            byte[] bytes = new byte[8192];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (from.getPort() == target.getPort()) {
                    gate.await();
                }
                out.write(bytes, 0, count);
            }
        } catch (IOException | InterruptedException e) {
            return; // cut
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** A version (negative), the number of the server, and its address; without version and address only the number. */
    private static void greet(DataInputStream in, OutputStream out) throws IOException {
        long id = in.readLong();
        if (id < 0) {
            id = in.readLong();
            in.readFully(new byte[in.readInt()]);
        }
        out.write(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
    }

    void cut() {
        cut = true;
        breakAll();
    }

    void heal() {
        cut = false;
    }

    private void breakAll() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException("a socket cannot be closed", e);
            }
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        cut = true;
        gate.countDown();
        listener.close();
        breakAll();
    }
}
