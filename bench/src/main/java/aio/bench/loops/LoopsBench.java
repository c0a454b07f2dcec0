package aio.bench.loops;

import aio.bench.Options;
import aio.bench.Results;
import aio.bench.echo.load.LoadMain;
import aio.bench.process.Answer;
import aio.bench.process.Child;
import aio.bench.process.JavaCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The same connections on 1 to 64 loops. Nothing is pinned: the loops and the load share the cores of the machine. */
public final class LoopsBench {
    private static final String TABLE = "growth-loops";
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private LoopsBench() {}

    /** The command. */
    public static void run(Options options) throws Exception {
        try (Results results = new Results(TABLE, options)) {
            results.note("cores", "not pinned: the loops and the load share all cores");
            for (String loops : options.list("loops", "1,2,4,8,16,32,64")) {
                measure(results, options, loops);
            }
        }
    }

    private static void measure(Results results, Options options, String loops) throws Exception {
        int connections = options.number("connections", 64);
        int millis = options.number("millis", 500);
        List<Subject> subjects = new ArrayList<>();
        try {
            subjects.add(Subject.start("aio selector", "aio", loops, connections));
            subjects.add(Subject.start("aio selector (A/A)", "aio", loops, connections));
            subjects.add(Subject.start("Netty NIO", "netty", loops, connections));
            for (Subject subject : subjects) {
                subject.run(options.number("warmup", 2000));
            }
            for (int round = 1; round <= options.number("rounds", 10); round++) {
                for (Subject subject : subjects) {
                    subject.write(results, loops + (loops.equals("1") ? " loop" : " loops"), round, millis);
                }
                Collections.rotate(subjects, 1);
            }
        } finally {
            subjects.forEach(Subject::close);
        }
    }

    private record Subject(String name, Child server, Child load) implements AutoCloseable {
        static Subject start(String name, String kind, String loops, int connections) throws Exception {
            Child server = Child.start(name, JavaCommand.of(LoopsServer.class, List.of(kind, loops)));
            Child load = Child.start("load of " + name, JavaCommand.of(LoadMain.class, List.of()));
            Subject subject = new Subject(name, server, load);
            try {
                long port = server.answer().expect("port").number(1);
                load.answer().expect("ready");
                subject.check(load.ask("open " + port + " " + connections + " 1024").expect("opened"), 2);
                return subject;
            } catch (IllegalStateException e) {
                subject.close();
                throw e;
            }
        }

        private Answer check(Answer answer, int place) {
            if (answer.number(place) != 0) {
                throw new IllegalStateException(name + ": \"" + answer + "\" tells of errors, expected none");
            }
            return answer;
        }

        Answer run(int millis) throws InterruptedException {
            return check(load.ask("run " + millis, Duration.ofMillis(millis)).expect("ran"), 6);
        }

        void write(Results results, String what, int round, int millis) throws InterruptedException {
            long before = server.cpuNanos();
            Answer ran = run(millis);
            long cpu = server.cpuNanos() - before;
            double requests = ran.number(1);
            results.add(TABLE, what, name, round, "cpu", cpu / requests / NANOS_PER_MICRO, "us");
            results.add(TABLE, what, name, round, "throughput", requests / (ran.number(2) / NANOS_PER_SECOND), "1/s");
            results.add(TABLE, what, name, round, "p50", ran.number(3) / NANOS_PER_MICRO, "us");
            results.add(TABLE, what, name, round, "p99", ran.number(4) / NANOS_PER_MICRO, "us");
        }

        @Override
        public void close() {
            server.close();
            load.close();
        }
    }
}
