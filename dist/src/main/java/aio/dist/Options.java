package aio.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param help whether only the usage is asked for
 * @param script the commands to run, or null to read them from the terminal or a pipe
 * @param storage where the framework keeps its state, or null for a directory that is deleted at the end
 * @param ports the ports of the examples, by property; none is 0
 */
record Options(boolean help, @Nullable String script, @Nullable Path storage, Map<String, String> ports) {
    static final String USAGE = """
            usage: ./run [OPTION]...
              -c, --command COMMANDS  run the commands, separated by ';', and exit: 0 if all of them worked, else 1
              --http-port PORT        port of the HTTP example, 8080 unless given; 0 takes a free one
              --echo-port PORT        port of the echo example, 7007 unless given; 0 takes a free one
              --storage DIR           keep bundles, configuration and pins in DIR for the next start
              -h, --help              show this
              --karaf [OPTION]...     as the first option: a Karaf instead; ./run --karaf --help shows its options
            Without -c the commands come from the terminal, or from a pipe, a line each; 'exit' ends.
            Instead of the options there are the system properties aio.example.http.port, aio.example.echo.port
            and aio.storage.
            """;

    private static final String HTTP_PORT = "aio.example.http.port";
    private static final String ECHO_PORT = "aio.example.echo.port";
    private static final String STORAGE = "aio.storage";

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
        String script = null;
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "-h", "--help" -> help = true;
                case "-c", "--command" -> script = value(option, rest);
                case "--http-port" -> given.put(HTTP_PORT, value(option, rest));
                case "--echo-port" -> given.put(ECHO_PORT, value(option, rest));
                case "--storage" -> given.put(STORAGE, value(option, rest));
                default -> throw new IllegalArgumentException("unknown option '" + option + "'; see --help");
            }
        }
        String storage = given.remove(STORAGE);
        given.replaceAll((name, port) -> Integer.toString(port(name, port)));
        return new Options(help, script, storage == null ? null : Path.of(storage), Map.copyOf(given));
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("option '" + option + "' lacks its value; see --help");
        }
        return rest.next();
    }

    private static int port(String name, String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 0xFFFF) {
            throw new IllegalArgumentException(name + " is '" + text + "': expected a port, 0 to 65535");
        }
        int port = Integer.parseInt(text);
        return port == 0 ? freePort() : port;
    }

    /** The greeting says the port before anybody listens, so a free one has to be found first. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
