package aio.bench.statistics;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.IntSupplier;

/** A copy of aio that serves, with the connections to it. All its threads are in a group of their own. */
final class Copy {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SIZE = 64;

    private final ThreadGroup group;
    private final List<SocketChannel> connections = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);

    private Copy(ThreadGroup group) {
        this.group = group;
    }

    /** Starts one, and connects to it. */
    static Copy start(String name, boolean measured, int connections) throws Exception {
        Copy copy = new Copy(new ThreadGroup(name));
        FutureTask<Integer> port = new FutureTask<>(() -> serve(measured));
        Thread starter = new Thread(copy.group, port, "start of " + name);
        starter.start();
        for (int i = 0; i < connections; i++) {
            copy.connections.add(SocketChannel.open(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port.get())));
        }
        return copy;
    }

    /** Loads the classes anew: whether there are statistics is decided once for them. */
    private static int serve(boolean measured) throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        ClassLoader loader = new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        System.setProperty("aio.statistics", Boolean.toString(measured));
        return ((IntSupplier) loader.loadClass(EchoLoop.class.getName()).getConstructor().newInstance()).getAsInt();
    }

    /** Sends a request over each connection, and waits for all responses. */
    void turn() throws IOException {
        for (SocketChannel connection : connections) {
            buffer.clear();
            while (buffer.hasRemaining()) {
                connection.write(buffer);
            }
        }
        for (SocketChannel connection : connections) {
            buffer.clear();
            while (buffer.hasRemaining()) {
                if (connection.read(buffer) < 0) {
                    throw new IOException("\"" + group.getName() + "\" has ended a connection");
                }
            }
        }
    }

    /** Returns how many requests a turn has. */
    int requests() {
        return connections.size();
    }

    /** Returns the CPU time that all threads of the copy have used: that of the loop, and of what watches it. */
    long cpuNanos() {
        Thread[] all = new Thread[group.activeCount() + 16];
        int count = group.enumerate(all);
        long[] ids = Arrays.stream(all, 0, count).mapToLong(Thread::getId).toArray();
        return Arrays.stream(THREADS.getThreadCpuTime(ids)).filter(nanos -> nanos > 0).sum();
    }
}
