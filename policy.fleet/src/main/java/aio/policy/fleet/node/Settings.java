package aio.policy.fleet.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a node belongs. Immutable.
 *
 * @param connect the servers of ZooKeeper, {@code host:port,host:port/path}
 * @param fleet the name of the fleet
 * @param node the name of the node
 * @param digest user and password, {@code user:password}; empty for none
 * @param client a file with properties of ZooKeeper's client; empty for none
 * @param session how long a node may be cut off until others see it as gone
 */
public record Settings(String connect, String fleet, String node, Optional<String> digest, Optional<Path> client,
        Duration session) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String NAME = "up to 100 letters without / and white space, which ZooKeeper takes in a path";

    /** Makes settings, and checks what becomes part of a path. */
    public Settings {
        check("connect", connect, !connect.isBlank(), "host:port of one server at least");
        check("fleet", fleet, isName(fleet), NAME);
        check("node", node, isName(node), NAME);
        check("digest", "…", digest.map(each -> each.indexOf(':') > 0).orElse(true), "user:password");
        check("session.seconds", Long.toString(session.toSeconds()),
                session.compareTo(SHORTEST) >= 0 && session.compareTo(LONGEST) <= 0, "1 to 3600");
    }

    private static void check(String key, String value, boolean right, String expected) {
        if (!right) {
            throw new IllegalArgumentException(
                    "configuration aio.fleet: " + key + " is '" + value + "', expected " + expected);
        }
    }

    private static boolean isName(String text) {
        return text.matches("[^/\\s\\p{Cntrl}]{1,100}") && !text.matches("\\.{1,2}")
                && text.chars().allMatch(Settings::isForPaths);
    }

    /** ZooKeeper takes neither other control characters, nor what needs two of Java's characters. */
    private static boolean isForPaths(int letter) {
        return !Character.isISOControl(letter) && letter < Character.MIN_SURROGATE;
    }

    /** Returns all but the secret. */
    @Override
    public String toString() {
        return "node '" + node + "' of fleet '" + fleet + "' on " + connect
                + (digest.isPresent() ? ", with digest" : "");
    }
}
