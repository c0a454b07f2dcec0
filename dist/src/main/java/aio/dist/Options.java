package aio.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param help whether only the usage is asked for
 * @param script the commands to run, or null to read them from the terminal or a pipe
 * @param serve whether to continue after the last command
 * @param drainSeconds how long connections may take to end by themselves at the end
 * @param storage where the framework keeps its state, or null for a directory that is deleted at the end
 * @param ports the ports of the examples, by property; none is 0
 */
record Options(
        boolean help,
        @Nullable String script,
        boolean serve,
        int drainSeconds,
        @Nullable Path storage,
        Map<String, String> ports) {

    private static final String HTTP_PORT = "aio.example.http.port";
    private static final String ECHO_PORT = "aio.example.echo.port";
    private static final String STORAGE = "aio.storage";
    private static final String COMMAND = "aio.command";
    private static final String RUN = "./run";
    private static final String DRAIN = "--drain";
    private static final int LONGEST_DRAIN_SECONDS = 86_400;
    private static final int FIRST_FREE = 10_000;
    private static final int LAST_FREE = 30_000;

    /**
     * Returns what {@code --help} prints. The script {@code run} prints the same file, so that it need not build
     * anything. A script of another name says it in a property; what only {@code run} can do is left out then.
     */
    static String usage() {
        try (InputStream in = Options.class.getResourceAsStream("usage.txt")) {
            String usage = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String command = System.getProperty(COMMAND, RUN);
            return command.equals(RUN) ? usage : usage.lines()
                    .filter(line -> !line.contains("--karaf") && !line.contains("--fleet"))
                    .map(line -> line.replace(RUN, command).replace(", and build nothing", "") + "\n")
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException("the usage is not in the jar", e);
        }
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is wrong
     */
    static Options parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (String name : List.of(HTTP_PORT, ECHO_PORT, STORAGE)) {
            String value = System.getProperty(name);
            if (value != null) {
                given.put(name, value);
            }
        }
        boolean help = false;
        boolean serve = false;
        int drainSeconds = 0;
        String script = null;
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "-h", "--help" -> help = true;
                case "-c", "--command" -> script = value(option, rest);
                case "--serve" -> serve = true;
                case DRAIN -> drainSeconds = number(DRAIN, value(option, rest), "seconds", LONGEST_DRAIN_SECONDS);
                case "--http-port" -> given.put(HTTP_PORT, value(option, rest));
                case "--echo-port" -> given.put(ECHO_PORT, value(option, rest));
                case "--storage" -> given.put(STORAGE, value(option, rest));
                default -> throw new IllegalArgumentException("unknown option '" + option + "'; see --help");
            }
        }
        String storage = given.remove(STORAGE);
        given.replaceAll((name, port) -> Integer.toString(port(name, port)));
        Path kept = storage == null ? null : Path.of(storage);
        return new Options(help, script, serve, drainSeconds, kept, Map.copyOf(given));
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("option '" + option + "' lacks its value; see --help");
        }
        return rest.next();
    }

    private static int number(String name, String text, String what, int most) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(name + " is '" + text + "': expected " + what + ", 0 to " + most);
        }
        return Integer.parseInt(text);
    }

    private static int port(String name, String text) {
        int port = number(name, text, "a port", 0xFFFF);
        return port == 0 ? freePort() : port;
    }

    /**
     * Finds a free port: the greeting names the port before a server listens there. It is below those that the system
     * gives to clients, which would take it meanwhile.
     */
    private static int freePort() {
        IOException last = null;
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                last = e; // it is in use
            }
        }
        throw new UncheckedIOException("no free port", last);
    }
}
