package aio.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The tables of the document. */
final class Tables {
    private static final Pattern ANY = Pattern.compile(".*");
    private static final String CPU = "cpu";
    private static final String THROUGHPUT = "throughput";
    private static final String LOAD = "load";
    private static final String P99 = "p99";
    private static final String NIO = "java.nio";
    private static final List<String> SERVERS = List.of("aio selector", "aio proactor", NIO, "NIO.2", "Netty NIO",
            "Netty epoll", "Netty io_uring", "Vert.x", "asyncio", "uvloop", "C epoll");

    private static final List<Table> ALL = List.of(
            table("echo", List.of(NIO), List.of(CPU, THROUGHPUT, LOAD), SERVERS,
                    new Chart("echo", "Echo: CPU of a request", Chart.Kind.BARS, ANY, CPU, "bytes x connections")),
            table("connections", List.of(NIO), List.of(CPU, THROUGHPUT, P99, "open", LOAD),
                    List.of("Netty epoll", "C epoll")),
            table("latency", List.of(NIO), List.of("p50", P99), SERVERS),
            table("tls", List.of("Netty NIO"), List.of(CPU, THROUGHPUT, LOAD), List.of("Netty epoll")),
            table("completion", List.of("aio selector"), List.of(CPU, THROUGHPUT, "newcomer p99", "newcomer max", LOAD),
                    List.of("NIO.2")),
            table("statistics", List.of("aio selector without statistics"), List.of(CPU), List.of()),
            table("blocked", List.of(), List.of(), List.of()),
            table("uring", List.of("aio selector", "Netty io_uring"), List.of(CPU, THROUGHPUT, LOAD), List.of()),
            table("callbacks", List.of("ArrayDeque", NIO, "Netty NIO"), List.of(),
                    List.of("Netty epoll", "asyncio", "uvloop")),
            table("timers", List.of("PriorityQueue"), List.of(), List.of(),
                    growth("timers", "Time to add a timer and fire it", "add and fire x .*", "time", "timers")),
            table("lookup", List.of("volatile field", "ThreadLocal"), List.of(), List.of()),
            table("lookup-jdk25", List.of("volatile field", "ThreadLocal"), List.of(), List.of()),
            table("allocation", List.of("Netty NIO"), List.of(), List.of()),
            table("swap", List.of("ServiceTracker", "DS"), List.of(), List.of()),
            table("exchange", List.of(), List.of(), List.of(),
                    growth("exchange", "Time of an exchange", ".* to .*", "time", "connections")),
            table("child", List.of("ProcessBuilder"), List.of(), List.of("asyncio")),
            table("memory", List.of(NIO), List.of("heap"), List.of()),
            table("growth-connections", List.of(NIO), List.of(CPU, THROUGHPUT, P99), List.of(),
                    growth("growth-connections", "CPU of a request", ".*", CPU, "connections")),
            table("growth-policies", List.of("ServiceTracker"), List.of("arrival", "arrival share"), List.of(),
                    growth("growth-policies", "Arrival of a policy", ".*", "arrival", "policies registered")),
            table("growth-loops", List.of("Netty NIO"), List.of(CPU, THROUGHPUT, P99), List.of(),
                    growth("growth-loops", "CPU of a request", ".*", CPU, "loops")));

    private Tables() {}

    static List<Table> all() {
        return ALL;
    }

    static Optional<Table> named(String name) {
        return ALL.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    private static Table table(String name, List<String> references, List<String> metrics, List<String> expected,
            Chart... charts) {
        return new Table(name, references, metrics, expected, List.of(charts));
    }

    private static Chart growth(String file, String title, String cases, String metric, String x) {
        return new Chart(file, title + ", by the number of " + x, Chart.Kind.GROWTH, Pattern.compile(cases), metric, x);
    }
}
