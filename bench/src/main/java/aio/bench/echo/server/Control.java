package aio.bench.echo.server;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The control of a server: it tells its port, replies how much it has allocated, and ends with its input. */
final class Control {
    /** How many connections may wait to be accepted, the same for all servers. */
    static final int BACKLOG = 4096;

    private Control() {}

    /** Tells the port and takes orders from now on, on a thread that sleeps until one comes. */
    static void start(int port) {
        System.out.println("port " + port);
        new Thread(Control::takeOrders, "control").start();
    }

    /** Tells instead why this server cannot run here, and ends. */
    static void missing(String why) {
        System.out.println("missing " + why.lines().findFirst().orElse("for an unknown reason"));
        System.exit(0);
    }

    private static void takeOrders() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (orders.readLine() != null) {
                System.out.println("allocated " + allocated(threads));
            }
        } catch (IOException e) {
            System.err.println("server ends, its orders cannot be read: " + e);
        }
        System.exit(0);
    }

    private static long allocated(ThreadMXBean threads) {
        long mine = Thread.currentThread().getId();
        long[] others = Arrays.stream(threads.getAllThreadIds()).filter(id -> id != mine).toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(others)).filter(bytes -> bytes > 0).sum();
    }
}
