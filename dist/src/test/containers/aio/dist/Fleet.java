package aio.dist;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for what the nodes of a fleet do. */
public final class Fleet {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Fleet() {}

    /**
     * Waits until a policy is current on all nodes.
     *
     * @param since when the wait began, by {@link System#nanoTime}
     * @return how many milliseconds after {@code since} it was seen on the last one
     */
    public static long follow(Collection<? extends Node> nodes, String policy, long since) throws IOException {
        List<Node> left = new ArrayList<>(nodes);
        await(left, "'" + policy + "' to be current", node -> policy.equals(current(node)));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    private static String current(Node node) {
        try {
            return node.figures().current();
        } catch (IOException e) {
            return "unknown: " + e; // it is still starting
        }
    }

    /** Waits until what a command shows on a node has all parts; returns it. */
    public static String awaitAnswer(Node node, String command, String... parts) throws IOException {
        List<String> last = new ArrayList<>();
        await(new ArrayList<>(List.of(node)), "the answer to '" + command + "' to have " + List.of(parts), asked -> {
            last.add(0, ask(asked, command));
            return List.of(parts).stream().allMatch(last.get(0)::contains);
        });
        return last.get(0);
    }

    private static String ask(Node node, String command) {
        try {
            return node.ask(command);
        } catch (Exception e) {
            return "failed: " + e; // it is still starting
        }
    }

    /** Waits until a node has logged a text, after the first {@code begin} characters of its log. */
    public static void awaitLog(Node node, int begin, String text) throws IOException {
        await(new ArrayList<>(List.of(node)), "the log to have '" + text + "'", asked -> {
            try {
                return asked.log().indexOf(text, begin) >= 0;
            } catch (IOException e) {
                throw new AssertionError(asked.name() + ": its log cannot be read", e);
            }
        });
    }

    /** Waits until the echo example of a node listens. */
    public static void awaitEcho(Node node) throws IOException {
        await(new ArrayList<>(List.of(node)), "a server at " + node.echo(), Fleet::listens);
    }

    private static boolean listens(Node node) {
        try (Socket socket = new Socket(node.echo().getAddress(), node.echo().getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(List<Node> left, String what, Predicate<Node> condition) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        left.removeIf(condition);
        while (!left.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                Node late = left.get(0);
                throw new AssertionError(late.name() + ": waited in vain for " + what + "; it says:\n" + late.log());
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
            left.removeIf(condition);
        }
    }
}
