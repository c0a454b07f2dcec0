package aio.bench.swap;

import aio.bench.Options;
import aio.bench.Results;
import aio.bench.Samples;
import aio.bench.echo.load.LoadMain;
import aio.bench.process.Answer;
import aio.bench.process.Child;
import aio.bench.process.Cores;
import aio.bench.process.Descriptors;
import aio.bench.process.JavaCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * The exchange of the driver under a server that is fully loaded: how long it takes, how long the loop does nothing else, what
 * the clients see of it, and how much is served meanwhile. As a control the same is measured while nothing is exchanged.
 */
public final class ExchangeBench {
    private static final String TABLE = "exchange";
    private static final String COUNTS = "100,1000,10000";
    private static final List<String> ROUTE = List.of("proactor", "selector", "other selector");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Results results;
    private final int connections;
    private final int size;
    private final long millis;
    private final int exchanges;

    private ExchangeBench(Results results, Options options, int connections) {
        this.results = results;
        this.connections = connections;
        this.size = options.number("size", 1024);
        this.millis = options.number("millis", 400);
        this.exchanges = options.number("exchanges", 5);
    }

    /** The command. */
    public static void run(Options options) throws Exception {
        Cores cores = Cores.ofThisSystem();
        for (String count : options.list("connections", COUNTS)) {
            Descriptors.check(Integer.parseInt(count));
        }
        try (Results results = new Results(TABLE, options)) {
            results.note("cores", cores.describe());
            for (String count : options.list("connections", COUNTS)) {
                new ExchangeBench(results, options, Integer.parseInt(count)).measure(options, cores);
            }
        }
    }

    private void measure(Options options, Cores cores) throws Exception {
        List<Subject> subjects = new ArrayList<>();
        try {
            subjects.add(new Subject("aio", cores));
            subjects.add(new Subject("aio (A/A)", cores));
            for (Subject subject : subjects) {
                subject.warmUp(options.number("warmup", 3000));
            }
            for (int round = 1; round <= options.number("rounds", 10); round++) {
                for (Subject subject : subjects) {
                    subject.measure(round);
                }
            }
        } finally {
            subjects.forEach(Subject::close);
        }
    }

    /** A server and its load. */
    private final class Subject implements AutoCloseable {
        private final String name;
        private final Child server;
        private final Child load;
        private String policy = "selector";

        Subject(String name, Cores cores) throws Exception {
            this.name = name;
            server = Child.start(name, cores.server(JavaCommand.of(PolicyServer.class, List.of())));
            load = Child.start("load of " + name, cores.load(JavaCommand.of(LoadMain.class, List.of())));
            load.answer().expect("ready");
            long port = server.answer().expect("port").number(1);
            Answer opened = load.ask("open " + port + " " + connections + " " + size).expect("opened");
            if (opened.number(2) != 0) {
                throw new IllegalStateException(opened.number(2) + " of " + connections + " connections failed:"
                        + " check the limit of descriptors (ulimit -n), " + connections + " and some more are needed");
            }
        }

        void warmUp(int warmUpMillis) throws Exception {
            load.ask("run " + warmUpMillis / 2, Duration.ofMillis(warmUpMillis)).expect("ran");
            for (String to : ROUTE) {
                server.ask("use " + to, LIMIT).expect("used");
            }
            server.ask("use selector", LIMIT).expect("used");
            load.ask("run " + warmUpMillis / 2, Duration.ofMillis(warmUpMillis)).expect("ran");
        }

        void measure(int round) throws Exception {
            for (String to : ROUTE) {
                exchange(to, round);
            }
            server.ask("use selector", LIMIT).expect("used");
            policy = "selector";
            window(round);
        }

        private void exchange(String to, int round) throws Exception {
            String what = (policy + " to " + to).replace("other ", "") + " x " + connections;
            Samples totals = new Samples();
            Samples pauses = new Samples();
            String back = policy;
            long echoes = 0;
            long nanos = 0;
            long longest = 0;
            double before = 0;
            for (int i = 0; i < exchanges; i++) {
                Answer quiet = run("idle 100000");
                before += quiet.number(3) / (quiet.number(1) / NANOS_PER_SECOND) / exchanges;
                FutureTask<Answer> running = load();
                server.ask("idle 100000").expect("idled");
                Answer used = server.ask("use " + to, LIMIT).expect("used");
                check(used);
                totals.add(used.number(1));
                pauses.add(used.number(2));
                nanos += used.number(1);
                echoes += used.number(3);
                longest = Math.max(longest, latency(running.get()));
                if (i < exchanges - 1) {
                    server.ask("use " + back, LIMIT).expect("used");
                }
            }
            policy = to;
            double during = echoes / (nanos / NANOS_PER_SECOND);
            results.add(TABLE, what, name, round, "time", totals.micros(0.5), "us");
            results.add(TABLE, what, name, round, "pause", pauses.micros(0.5), "us");
            results.add(TABLE, what, name, round, "longest pause", pauses.micros(1), "us");
            results.add(TABLE, what, name, round, "longest latency", longest / NANOS_PER_MICRO, "us");
            results.add(TABLE, what, name, round, "throughput before", before, "1/s");
            results.add(TABLE, what, name, round, "throughput during", during, "1/s");
            results.add(TABLE, what, name, round, "throughput ratio", during / before, "1");
        }

        /** The control: the same without an exchange. */
        private void window(int round) throws Exception {
            FutureTask<Answer> running = load();
            Answer first = server.ask("idle 100000").expect("idled");
            Answer second = server.ask("idle 100000").expect("idled");
            long longest = latency(running.get());
            String what = "no exchange x " + connections;
            double before = first.number(3) / (first.number(1) / NANOS_PER_SECOND);
            double during = second.number(3) / (second.number(1) / NANOS_PER_SECOND);
            results.add(TABLE, what, name, round, "longest latency", longest / NANOS_PER_MICRO, "us");
            results.add(TABLE, what, name, round, "throughput before", before, "1/s");
            results.add(TABLE, what, name, round, "throughput during", during, "1/s");
            results.add(TABLE, what, name, round, "throughput ratio", during / before, "1");
        }

        private Answer run(String order) throws Exception {
            FutureTask<Answer> running = load();
            server.ask("idle 50000").expect("idled");
            Answer answer = server.ask(order).expect("idled");
            latency(running.get());
            return answer;
        }

        private FutureTask<Answer> load() {
            FutureTask<Answer> running = new FutureTask<>(
                    (Callable<Answer>) () -> load.ask("run " + millis, Duration.ofMillis(millis)).expect("ran"));
            Thread thread = new Thread(running, "load of " + name);
            thread.setDaemon(true);
            thread.start();
            return running;
        }

        private long latency(Answer ran) {
            if (ran.number(6) != 0) {
                throw new IllegalStateException(name + ": " + ran.number(6) + " requests failed, expected none");
            }
            return ran.number(5);
        }

        private void check(Answer used) {
            if (used.number(4) != connections) {
                throw new IllegalStateException(name + ": " + used.number(4) + " connections after the exchange, expected "
                        + connections);
            }
        }

        @Override
        public void close() {
            server.close();
            load.close();
        }
    }
}
