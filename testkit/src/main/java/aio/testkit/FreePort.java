package aio.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port for what a test is about to start and that cannot choose one by itself, such as a server in a process of its
 * own. What can choose one listens at port 0 and is asked afterwards. Any thread.
 */
public final class FreePort {
    private static final System.Logger LOG = System.getLogger("aio.testkit");
    private static final int FIRST = 10_000;
    private static final int COUNT = 20_000;
    private static final int STEP = 7_919; // it has no divisor in common with the count: every port comes once a round
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePort() {}

    /**
     * Returns a port of loopback that is not in use, and that this process has not been told lately. It is below those
     * that the system gives to clients and to servers that ask for any, so that these do not take it in between.
     */
    public static int find() {
        while (true) {
            int port = FIRST + Math.floorMod(NEXT.getAndAdd(STEP), COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "port " + port + " is in use", e);
            }
        }
    }
}
