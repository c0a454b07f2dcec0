package aio.dist;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node tells of itself on its page for Prometheus.
 *
 * @param current the name of the current policy; empty if there is none
 * @param changes how often the current policy has changed
 * @param lost how many connections were lost with a cause
 */
public record Figures(String current, long changes, long lost) {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final Pattern CURRENT =
            Pattern.compile("(?m)^aio_policy_info\\{policy=\"([^\"]*)\",state=\"current\"");
    private static final Pattern CHANGES = Pattern.compile("(?m)^aio_policy_changes_total (\\d+)");
    private static final Pattern LOST = Pattern.compile("(?m)^aio_connections_lost_total\\{.*} (\\d+)");

    /** Asks a node that shows the page on a port of loopback. */
    public static Figures of(int port) throws IOException {
        URLConnection connection = URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        try (InputStream in = connection.getInputStream()) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Figures read(String page) {
        Matcher current = CURRENT.matcher(page);
        Matcher changes = CHANGES.matcher(page);
        if (!changes.find()) {
            throw new AssertionError("no count of changes in: " + page);
        }
        long lost = LOST.matcher(page).results().mapToLong(loop -> Long.parseLong(loop.group(1))).sum();
        return new Figures(current.find() ? current.group(1) : "", Long.parseLong(changes.group(1)), lost);
    }
}
