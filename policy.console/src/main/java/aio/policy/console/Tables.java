package aio.policy.console;

import aio.loop.BundleId;
import aio.loop.ConnectionInfo;
import aio.loop.LoopBlock;
import aio.loop.LoopInfo;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import aio.policy.console.text.Table;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How lists are written. */
final class Tables {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private Tables() {}

    static List<String> policies(Collection<PolicyInfo> policies) {
        boolean hasScopes = policies.stream().anyMatch(policy -> !policy.scopes().isEmpty());
        Table table = new Table().left("NAME").right("RANK").left("STATE").left("DRIVER").right("LOOPS").left("BUNDLE");
        if (hasScopes) {
            table.left("SCOPES");
        }
        for (PolicyInfo policy : policies) {
            List<String> cells = new ArrayList<>(List.of(
                    name(policy, policies),
                    Texts.rank(policy.ranking()),
                    Texts.state(policy),
                    Texts.driver(policy),
                    Integer.toString(policy.loops()),
                    Texts.origin(policy)));
            if (hasScopes) {
                cells.add(PinScope.text(policy));
            }
            table.row(Texts.isCurrent(policy), cells);
        }
        return table.lines();
    }

    /** Two policies of one name are told apart by the id of the service. */
    private static String name(PolicyInfo policy, Collection<PolicyInfo> all) {
        boolean unique = all.stream().filter(other -> other.name().equals(policy.name())).count() < 2;
        return unique || policy.serviceId().isEmpty()
                ? policy.name() : policy.name() + " (service " + policy.serviceId().getAsLong() + ")";
    }

    static List<String> reasons(Collection<PolicyInfo> policies) {
        List<String> lines = new ArrayList<>();
        for (PolicyInfo policy : policies) {
            lines.add((Texts.isCurrent(policy) ? "* " : "  ") + name(policy, policies) + ": " + Texts.state(policy)
                    + ", rank " + Texts.rank(policy.ranking()) + ", from " + Texts.origin(policy));
            policy.why().forEach(reason -> lines.add("    " + reason));
        }
        return lines;
    }

    static List<String> changes(Collection<PolicyChange> changes) {
        Table table = new Table().right("#").left("WHEN").left("FROM").left("TO").left("CAUSE").left("WHO");
        table.right("LOOPS").right("KEPT").right("LOST").right("PAUSE").right("TOOK");
        for (PolicyChange change : changes) {
            List<String> cells = List.of(
                    Long.toString(change.number()),
                    WHEN.format(change.when().atZone(ZoneId.systemDefault())),
                    Texts.name(change, change.from()),
                    Texts.name(change, change.to()),
                    change.cause(),
                    change.who(),
                    Integer.toString(change.loops()),
                    Integer.toString(change.kept()),
                    Integer.toString(change.lost()),
                    Texts.millis(change.longestPause()),
                    Texts.millis(change.duration()));
            table.row(false, cells, notes(change));
        }
        return table.lines();
    }

    private static List<String> notes(PolicyChange change) {
        List<String> notes = new ArrayList<>();
        if (!change.scope().isProcess()) {
            notes.add("for " + change.scope() + " alone");
        }
        if (change.toFollow() > 0) {
            notes.add("still to follow: " + Texts.count(change.toFollow(), "loop"));
        }
        change.stayed().forEach(text -> notes.add("stayed: " + text));
        return notes;
    }

    static List<String> loops(Collection<LoopInfo> loops) {
        Table table = new Table().left("NAME").left("STATE").left("DRIVER").left("FOLLOWS").right("CONNECTIONS");
        table.right("LISTENERS").right("TIMERS").right("TASKS").left("THREAD");
        for (LoopInfo loop : loops) {
            table.row(false, List.of(
                    loop.name(),
                    loop.state().toString(),
                    Texts.driver(loop),
                    loop.follows() ? "yes" : "no",
                    Integer.toString(loop.connections()),
                    Integer.toString(loop.listeners()),
                    Integer.toString(loop.timers()),
                    Integer.toString(loop.tasks()),
                    loop.thread().orElse("")));
        }
        return table.lines();
    }

    static List<String> numbers(Collection<LoopInfo> loops) {
        Table table = new Table().left("NAME").right("TURNS").right("READY").right("TIMERS").right("TASKS");
        table.right("CONNECTIONS").right("CONNECTING").right("LISTENERS").right("DATAGRAMS").right("WATCHED");
        table.right("EXCHANGES").right("PAUSE");
        for (LoopInfo loop : loops) {
            table.row(false, List.of(
                    loop.name(),
                    Long.toString(loop.turns()),
                    Integer.toString(loop.ready()),
                    Integer.toString(loop.timers()),
                    Integer.toString(loop.tasks()),
                    Integer.toString(loop.connections()),
                    Integer.toString(loop.connecting()),
                    Integer.toString(loop.listeners()),
                    Integer.toString(loop.datagrams()),
                    Integer.toString(loop.watched()),
                    Long.toString(loop.exchanges()),
                    Texts.millis(loop.longestPause())));
        }
        return table.lines();
    }

    static List<String> blocks(Collection<LoopBlock> blocks) {
        Table table = new Table().left("LOOP").left("SINCE").right("LASTED").left("BY").left("BUNDLE").left("THREAD");
        for (LoopBlock block : blocks) {
            List<String> cells = List.of(
                    block.loop(),
                    WHEN.format(block.since().atZone(ZoneId.systemDefault())),
                    Texts.millis(block.lasted()) + (block.isOver() ? "" : " so far"),
                    block.culprit().orElse(Texts.NOTHING),
                    block.bundle().map(BundleId::toString).orElse("-"),
                    block.thread());
            table.row(false, cells, block.stack().stream().map(frame -> "at " + frame).toList());
        }
        return table.lines();
    }

    static List<String> connections(Collection<ConnectionInfo> connections) {
        Table table = new Table().right("ID").left("PEER").left("LOCAL").right("RECEIVED").right("SENT");
        table.right("QUEUED").right("AGE").left("STATE").left("PROTOCOL").left("BUNDLE");
        for (ConnectionInfo connection : connections) {
            table.row(false, List.of(
                    Long.toString(connection.id()),
                    Texts.address(connection.peer()),
                    Texts.address(connection.local()),
                    Texts.bytes(connection.bytesReceived()),
                    Texts.bytes(connection.bytesSent()),
                    Texts.bytes(connection.bytesQueued()),
                    Texts.age(connection.age()),
                    Texts.state(connection),
                    connection.protocol(),
                    connection.bundle().map(BundleId::toString).orElse("-")));
        }
        return table.lines();
    }

    static List<String> policyDetails(Collection<PolicyInfo> policies) {
        List<String> lines = new ArrayList<>();
        policies.forEach(policy -> lines.addAll(Texts.details(policy)));
        return lines;
    }

    static List<String> details(Collection<LoopInfo> loops) {
        List<String> lines = new ArrayList<>();
        loops.forEach(loop -> lines.addAll(Texts.details(loop)));
        return lines;
    }
}
