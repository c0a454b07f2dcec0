package aio.bench.memory;

import aio.bench.Options;
import aio.bench.Results;
import aio.bench.UsageException;
import aio.bench.echo.load.LoadMain;
import aio.bench.echo.server.AioServer;
import aio.bench.echo.server.JavaNioServer;
import aio.bench.echo.server.NettyServer;
import aio.bench.process.Answer;
import aio.bench.process.Child;
import aio.bench.process.Descriptors;
import aio.bench.process.JavaCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The heap that an idle connection costs a server: connections that have only been opened, and connections that have
 * echoed once. Memory outside of the heap, above all the kernel's, is not counted.
 */
public final class MemoryBench {
    private static final String TABLE = "memory";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SHOWN_CLASSES = 14;
    private static final int FIRST_CONNECTIONS = 100;
    private static final int SIZE = 64;

    private MemoryBench() {}

    private record Subject(String name, Class<?> main, String kind) {}

    private static final List<Subject> SUBJECTS = List.of(
            new Subject("aio selector", AioServer.class, "selector"),
            new Subject("aio selector (A/A)", AioServer.class, "selector"),
            new Subject("aio proactor", AioServer.class, "proactor"),
            new Subject("java.nio", JavaNioServer.class, ""),
            new Subject("Netty NIO", NettyServer.class, "nio"));

    /** The command. */
    public static void run(Options options) throws Exception {
        int connections = options.number("connections", 10_000);
        int rounds = options.number("rounds", 10);
        List<String> wanted = options.list("subjects", "all");
        Descriptors.check(connections);
        List<Subject> subjects = new ArrayList<>(SUBJECTS);
        subjects.removeIf(subject -> !wanted.contains("all") && !wanted.contains(subject.name));
        if (subjects.isEmpty()) {
            throw new UsageException("there is no subject " + String.join(",", wanted) + ", expected some of "
                    + SUBJECTS.stream().map(Subject::name).toList());
        }
        try (Results results = new Results(TABLE, options)) {
            for (int round = 1; round <= rounds; round++) {
                for (Subject subject : subjects) {
                    measure(results, subject, connections, round);
                }
                Collections.rotate(subjects, 1);
            }
        }
    }

    private static void measure(Results results, Subject subject, int connections, int round) throws Exception {
        List<String> args = subject.kind.isEmpty() ? List.of() : List.of(subject.kind);
        List<String> command = JavaCommand.of(subject.main, args);
        command.add(1, "-XX:MarkSweepDeadRatio=0"); // else a collection leaves some dead objects and counts them
        try (Child server = Child.start(subject.name, command);
                Child load = Child.start("load of " + subject.name, JavaCommand.of(LoadMain.class, List.of()))) {
            long port = server.answer().expect("port").number(1);
            load.answer().expect("ready");
            long others = Descriptors.count(server.pid());
            // loads classes, makes what all connections share
            open(load, port, Math.min(FIRST_CONNECTIONS, connections));
            load.ask("close").expect("closed");
            Descriptors.await(server.pid(), others);
            ClassHistogram before = ClassHistogram.of(server.pid());
            try (IdleConnections idle = IdleConnections.open((int) port, connections)) {
                Descriptors.await(server.pid(), others + connections);
                write(results, "only opened x " + connections, subject, round, connections,
                        ClassHistogram.of(server.pid()), before);
            }
            Descriptors.await(server.pid(), others);
            before = ClassHistogram.of(server.pid());
            open(load, port, connections);
            write(results, "echoed once x " + connections, subject, round, connections,
                    ClassHistogram.of(server.pid()), before);
        }
    }

    private static void open(Child load, long port, int connections) throws InterruptedException {
        Answer opened = load.ask("open " + port + " " + connections + " " + SIZE, LIMIT).expect("opened");
        if (opened.number(2) != 0) {
            throw new IllegalStateException(opened.number(2) + " of " + connections
                    + " connections failed, expected none");
        }
    }

    private static void write(Results results, String what, Subject subject, int round, int connections,
            ClassHistogram now, ClassHistogram before) {
        double each = (now.total() - before.total()) / (double) connections;
        results.add(TABLE, what, subject.name, round, "heap", each, "bytes");
        if (round > 1) {
            return; // its composition does not change
        }
        int shown = 0;
        for (Map.Entry<String, Long> grown : now.since(before).entrySet()) {
            if (shown++ == SHOWN_CLASSES) {
                break;
            }
            results.add(TABLE, what, subject.name, round, "heap of " + grown.getKey(),
                    grown.getValue() / (double) connections, "bytes");
        }
    }
}
