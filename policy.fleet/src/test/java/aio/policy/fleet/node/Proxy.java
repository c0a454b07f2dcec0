package aio.policy.fleet.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between a node and ZooKeeper, which can be cut: connections break, and no new ones are let through. */
final class Proxy implements AutoCloseable {
    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Proxy(String connect) throws IOException {
        int colon = connect.lastIndexOf(':');
        target = new InetSocketAddress(connect.substring(0, colon), Integer.parseInt(connect.substring(colon + 1)));
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run(this::accept);
    }

    String connect() {
        return "127.0.0.1:" + listener.getLocalPort();
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
                    run(() -> carry(near, far));
                    run(() -> carry(far, near));
                }
            } catch (IOException e) {
                breakAll(); // a server that is gone, or the end of this one
            }
        }
    }

    private void carry(Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            return; // cut
        } finally {
            open.remove(from);
            open.remove(to);
        }
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
        listener.close();
        breakAll();
    }
}
