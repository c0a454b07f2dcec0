package aio.policy.console;

import aio.loop.BundleId;
import aio.loop.ConnectionInfo;
import aio.loop.ConnectionState;
import aio.loop.LoopBlock;
import aio.loop.LoopInfo;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import aio.policy.PolicyState;
import aio.policy.console.json.JsonRows;
import aio.policy.console.text.Plain;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How single things are written. */
final class Texts {
    private static final double NANOS_PER_MILLI = 1_000_000.0;

    /** What holds up a loop if no owner can be named. */
    static final String NOTHING = "nothing in particular";

    private static final double MILLIS_PER_SECOND = 1000;
    private static final int KIBI = 1024;
    private static final String UNITS = "KMGT";

    private Texts() {}

    static String rank(int ranking) {
        return switch (ranking) {
            case Integer.MIN_VALUE -> "min";
            case Integer.MAX_VALUE -> "max";
            default -> Integer.toString(ranking);
        };
    }

    static boolean isCurrent(PolicyInfo policy) {
        return policy.state() == PolicyState.CURRENT;
    }

    static boolean isRefused(PolicyInfo policy) {
        return policy.state() == PolicyState.REFUSED;
    }

    static String state(PolicyInfo policy) {
        return policy.pinned() ? policy.state() + ", pinned" : policy.state().toString();
    }

    /** Where a policy comes from: its bundle, else its source. */
    static String origin(PolicyInfo policy) {
        String origin = policy.bundle().map(BundleId::toString).orElseGet(() -> policy.source().toString());
        String system = System.getProperty("os.name", "");
        return policy.home().filter(home -> !system.startsWith(home))
                .map(home -> origin + ", made for " + home)
                .orElse(origin);
    }

    /** The driver that a policy brings. */
    static String driver(PolicyInfo policy) {
        return policy.driver().orElse("-");
    }

    static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / NANOS_PER_MILLI);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Returns a number of bytes, in a unit that leaves few digits. */
    static String bytes(long number) {
        if (number < KIBI) {
            return number + " B";
        }
        double shown = number;
        int unit = -1;
        while (shown >= KIBI && unit < UNITS.length() - 1) {
            shown /= KIBI;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", shown, UNITS.charAt(unit));
    }

    /** What holds up a loop, and which bundle that is from. */
    static String culprit(LoopBlock block) {
        return block.culprit().orElse(NOTHING)
                + block.bundle().map(bundle -> " of bundle " + bundle).orElse("");
    }

    /** Returns an address as it is typed, such as {@code 127.0.0.1:8080} or {@code [::1]:8080}, or a path. */
    static String address(Optional<SocketAddress> address) {
        return address.map(JsonRows::address).orElse("-");
    }

    /** Returns a time in the units in which people wait: {@code 0.8 s}, {@code 2 min 5 s}, {@code 3 h 20 min}. */
    static String age(Duration age) {
        if (age.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", age.toMillis() / MILLIS_PER_SECOND);
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min " + age.toSecondsPart() + " s";
        }
        return age.toDays() < 1
                ? age.toHours() + " h " + age.toMinutesPart() + " min"
                : age.toDays() + " d " + age.toHoursPart() + " h";
    }

    static String state(ConnectionInfo connection) {
        boolean paused = connection.state() == ConnectionState.OPEN && !connection.isReading();
        return connection.state() + (paused ? ", paused" : "") + connection.tls().map(tls -> ", " + tls).orElse("");
    }

    static String line(ConnectionInfo connection) {
        return connection.id() + " (" + address(connection.local()) + " -> " + address(connection.peer()) + ", "
                + state(connection) + ", " + connection.bundle().map(BundleId::toString).orElse(connection.protocol())
                + ")";
    }

    static String line(LoopBlock block) {
        return block.loop() + " (held up for " + millis(block.lasted()) + (block.isOver() ? "" : " so far") + " by "
                + culprit(block) + ")";
    }

    static String line(PolicyInfo policy) {
        return policy.name() + " (rank " + rank(policy.ranking()) + ", " + state(policy) + ", " + driver(policy) + ", "
                + origin(policy) + ")";
    }

    /** Which policy a change goes to or from. */
    static String name(PolicyChange change, Optional<String> policy) {
        return policy.orElse(change.scope().isProcess() ? "none" : "process");
    }

    static String line(PolicyChange change) {
        return Plain.text("policy: " + change.summary());
    }

    static String line(LoopInfo loop) {
        return loop.name() + " (" + loop.state() + ", " + driver(loop) + ", " + count(loop.connections(), "connection")
                + ")";
    }

    static String driver(LoopInfo loop) {
        String name = loop.driver().orElse("parked");
        return loop.driverBundle().map(bundle -> name + " from " + bundle).orElse(name);
    }

    static String count(long number, String thing) {
        return number == 1 ? "1 " + thing : number + " " + thing + "s";
    }

    /** Everything about a policy, a line each. */
    static List<String> details(PolicyInfo policy) {
        List<String> lines = new ArrayList<>();
        lines.add(policy.name() + ": " + state(policy));
        lines.add("  rank     " + rank(policy.ranking()));
        lines.add("  driver   " + driver(policy) + ", under " + count(policy.loops(), "loop"));
        lines.add("  from     " + origin(policy)
                + (policy.serviceId().isEmpty() ? "" : ", service " + policy.serviceId().getAsLong()));
        if (!policy.scopes().isEmpty()) {
            lines.add("  scopes   " + PinScope.text(policy));
        }
        policy.why().forEach(reason -> lines.add("  why      " + reason));
        return lines;
    }

    /** Everything about a loop, a line each. */
    static List<String> details(LoopInfo loop) {
        List<String> lines = new ArrayList<>();
        lines.add(loop.name() + ": " + loop.state()
                + loop.thread().map(thread -> " in thread \"" + thread + "\"").orElse("")
                + (loop.managed() ? ", managed" : ""));
        lines.add("  driver   " + driver(loop)
                + (loop.follows() ? ", follows the policy" : ", does not follow the policy"));
        loop.bundle().ifPresent(bundle -> lines.add("  from     " + bundle));
        lines.add("  sockets  " + count(loop.connections(), "connection") + ", " + count(loop.listeners(), "listener")
                + ", " + count(loop.connecting(), "connect") + " in progress, "
                + count(loop.datagrams(), "datagram endpoint") + ", " + count(loop.watched(), "watched descriptor"));
        lines.add("  work     " + count(loop.ready(), "ready callback") + ", " + count(loop.timers(), "timer") + ", "
                + count(loop.tasks(), "task") + ", " + count(loop.turns(), "turn"));
        lines.add("  swaps    " + count(loop.exchanges(), "exchange")
                + (loop.exchanges() == 0 ? "" : ", longest pause of the last " + millis(loop.longestPause())));
        return lines;
    }
}
