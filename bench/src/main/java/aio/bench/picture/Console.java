package aio.bench.picture;

import aio.bench.process.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The container of {@code ./run} with its examples, in a process of its own, and its console. One thread. */
final class Console implements AutoCloseable {
    private static final Pattern SWAPPED = Pattern.compile(
            "policy: \\S+ -> (\\S+) \\(.*\\); .*?(\\d+) connections? kept, (\\d+) lost, longest pause .*");
    private static final Pattern CURRENT = Pattern.compile("\\* (\\S+) +\\S+ +current(?:, pinned)? +(\\S+) .*");
    private static final Pattern READY = Pattern.compile("aio: policy '.*");

    private final InetSocketAddress echo;
    private final Child container;

    /** Starts it, and waits until it serves. */
    Console(Path jar) throws IOException, InterruptedException {
        if (!Files.exists(jar)) {
            throw new IllegalStateException("the container \"" + jar + "\" is not there: ./run builds it");
        }
        echo = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        container = Child.start("container", List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions", // as ./run does
                "--sun-misc-unsafe-memory-access=allow",
                "-jar", jar.toString(),
                "--http-port", "0", "--echo-port", Integer.toString(echo.getPort())));
        await(container.answer().toString(), READY);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns the address of the echo example. */
    InetSocketAddress echo() {
        return echo;
    }

    /** Gives a command that changes the current policy, and waits until the console reports the change. */
    Swap swap(String command) throws InterruptedException {
        long ordered = System.nanoTime();
        Matcher swapped = await(container.ask(command).toString(), SWAPPED);
        long told = System.nanoTime();
        Matcher current = await(container.ask("policy:list").toString(), CURRENT);
        return new Swap(ordered, told, swapped.group(1), current.group(2), swapped.group(),
                Integer.parseInt(swapped.group(2)), Integer.parseInt(swapped.group(3)));
    }

    /** Returns the first line, from a given one on, that matches. */
    private Matcher await(String first, Pattern expected) throws InterruptedException {
        String line = first;
        while (true) {
            Matcher matcher = expected.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
            if (line.startsWith("error: ")) {
                throw new IllegalStateException("the console said \"" + line + "\", expected \"" + expected + "\"");
            }
            line = container.answer().toString();
        }
    }

    @Override
    public void close() {
        container.close();
    }
}
