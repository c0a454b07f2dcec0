package aio.dist.ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for what a test is about to start. Any thread. */
public final class Ports {
    private static final System.Logger LOG = System.getLogger("aio.dist.ports");
    private static final int FIRST = 10_000;
    private static final int LAST = 30_000;

    private Ports() {}

    /**
     * Returns a port of loopback that is not in use: below those that the system gives to clients and to servers that
     * ask for any, so that it stays unused for a while, also beside other tests.
     */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "port " + port + " is in use", e);
            }
        }
    }
}
