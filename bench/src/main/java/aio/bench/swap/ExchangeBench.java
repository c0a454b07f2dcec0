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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The exchange of the driver under a server that is fully loaded: how long it takes, how long the loop does nothing
 * else, what the clients see of it, and how much is served over a window that contains it. As a control the same is
 * measured while nothing is exchanged for as long.
 *
 * <p>The thread of the loop has a core of its own, so that a pause shows what a slice does; compiler, collector and the
 * rest of the JVM share the other core with the load. A pause is what the loop itself tells, by the clock: a slice, the
 * opening of a driver, or the poll of the one that is left, if that found nothing. By the clock it includes the
 * kernel's work on that core, for the network and its timers: so a second control holds the loop up 100 times for a
 * fixed time, and shows the longest.
 */
public final class ExchangeBench {
    private static final String TABLE = "exchange";
    private static final String COUNTS = "100,1000,10000";
    private static final String PROACTOR = "proactor";
    private static final List<String> SELECTORS = List.of("selector", "other-selector");
    private static final int HOLDS = 100; // an exchange of 10,000 connections has about as many slices
    private static final Duration TIMERS_OF_TCP = Duration.ofMillis(500); // how long a load has effects in the kernel
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Results results;
    private final int connections;
    private final int size;
    private final long window;

    private ExchangeBench(Results results, Options options, int connections) {
        this.results = results;
        this.connections = connections;
        this.size = options.number("size", 1024);
        this.window = TimeUnit.MILLISECONDS.toNanos(options.number("millis", 200));
    }

    /** The command. */
    public static void run(Options options) throws Exception {
        Cores cores = Cores.ofThisSystem();
        for (String count : options.list("connections", COUNTS)) {
            Descriptors.check(Integer.parseInt(count));
        }
        try (Results results = new Results(TABLE, options)) {
            results.note("cores", cores.describe()
                    + "; of the server only the thread of its loop, other threads with the load");
            results.note("window", options.number("millis", 200)
                    + " ms before an exchange, and from its begin to its end but"
                    + " at least as long");
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
                subject.warmUp(options.number("warmup", 2000), options.number("warmups", 4));
            }
            for (int round = 1; round <= options.number("rounds", 10); round++) {
                for (Subject subject : subjects) {
                    subject.measure(round);
                }
                Collections.rotate(subjects, 1);
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
        private String policy = SELECTORS.get(0);

        Subject(String name, Cores cores) throws Exception {
            this.name = name;
            server = Child.start(name, JavaCommand.of(PolicyServer.class, List.of()));
            load = Child.start("load of " + name, cores.load(JavaCommand.of(LoadMain.class, List.of())));
            load.answer().expect("ready");
            Answer listening = server.answer().expect("port");
            cores.isolate(server.pid(), listening.number(2));
            Answer opened = load.ask("open " + listening.number(1) + " " + connections + " " + size).expect("opened");
            if (opened.number(2) != 0) {
                throw new IllegalStateException(opened.number(2) + " of " + connections + " connections failed:"
                        + " check the limit of descriptors (ulimit -n), " + connections + " and some more are needed");
            }
        }

        /** Most of the exchanges are without load, which is quicker, and the same code carries the channels over. */
        void warmUp(int warmUpMillis, int times) throws Exception {
            load.ask("run " + warmUpMillis, Duration.ofMillis(warmUpMillis)).expect("ran");
            for (int i = 0; i < times; i++) {
                for (String to : route()) {
                    server.ask("use " + to + " 0", LIMIT).expect("done");
                    policy = to;
                }
            }
            for (String to : route()) {
                underLoad("use " + to);
                policy = to;
            }
        }

        /** Away to the completion driver, back, and to the other one of the selector's policies. */
        private List<String> route() {
            String other = SELECTORS.get(1 - SELECTORS.indexOf(policy));
            return List.of(PROACTOR, policy, other);
        }

        void measure(int round) throws Exception {
            Samples times = new Samples();
            for (String to : route()) {
                Seen seen = underLoad("use " + to);
                seen.write(between(to) + " x " + connections, round);
                times.add(seen.done.number(1));
                policy = to;
            }
            LockSupport.parkNanos(TIMERS_OF_TCP.toNanos());
            for (String to : route()) {
                Answer done = server.ask("use " + to + " 0", LIMIT).expect("done");
                String what = between(to) + " without load x " + connections;
                results.add(TABLE, what, name, round, "time", done.number(1) / NANOS_PER_MICRO, "us");
                results.add(TABLE, what, name, round, "pause", done.number(2) / NANOS_PER_MICRO, "us");
                policy = to;
            }
            long median = Math.round(times.micros(0.5) * NANOS_PER_MICRO);
            underLoad("idle " + median).write("no exchange x " + connections, round);
            underLoad("hold " + HOLDS).write("held up without an exchange x " + connections, round);
        }

        private String between(String to) {
            return (policy + " to " + to).replace("other-", "");
        }

        /** Gives an order that is carried out while all connections are busy. */
        private Seen underLoad(String order) throws Exception {
            load.ask("begin " + LIMIT.toMillis()).expect("begun");
            server.ask("settle " + connections).expect("settled");
            Answer done = server.ask(order + " " + window, LIMIT).expect("done");
            Answer ended = load.ask("end", LIMIT).expect("ended");
            if (ended.number(3) != 0 || ended.number(1) >= LIMIT.toNanos() || done.number(3) != connections) {
                throw new IllegalStateException(name + ": " + ended.number(3) + " requests failed, " + done.number(3)
                        + " connections are there and the load lasted " + ended.number(1) / NANOS_PER_SECOND
                        + " s; expected none, " + connections + ", and a load that did not end by itself before "
                        + LIMIT.toSeconds() + " s");
            }
            return new Seen(name, done, ended);
        }

        @Override
        public void close() {
            server.close();
            load.close();
        }
    }

    /** What server and load tell of one order. */
    private final class Seen {
        private final String name;
        private final Answer done;
        private final Answer ended;

        Seen(String name, Answer done, Answer ended) {
            this.name = name;
            this.done = done;
            this.ended = ended;
        }

        void write(String what, int round) {
            results.add(TABLE, what, name, round, "time", done.number(1) / NANOS_PER_MICRO, "us");
            if (done.number(2) > 0) { // there is none where nothing is exchanged
                results.add(TABLE, what, name, round, "pause", done.number(2) / NANOS_PER_MICRO, "us");
            }
            double before = done.number(4) / (done.number(5) / NANOS_PER_SECOND);
            double during = done.number(6) / (done.number(7) / NANOS_PER_SECOND);
            results.add(TABLE, what, name, round, "longest latency", ended.number(2) / NANOS_PER_MICRO, "us");
            results.add(TABLE, what, name, round, "throughput before", before, "1/s");
            results.add(TABLE, what, name, round, "throughput during", during, "1/s");
            results.add(TABLE, what, name, round, "throughput ratio", during / before, "1");
        }
    }
}
