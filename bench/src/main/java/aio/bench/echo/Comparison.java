package aio.bench.echo;

import aio.bench.Results;
import aio.bench.echo.Subjects.MissingException;
import aio.bench.echo.load.LoadMain;
import aio.bench.process.Answer;
import aio.bench.process.Child;
import aio.bench.process.Cores;
import aio.bench.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures the servers of a plan side by side: all run at once, one of them is loaded at a time. A round measures each
 * once in each case; the next round begins with the next server, so that none is always measured in the same place.
 */
final class Comparison {
    private final Plan plan;
    private final Subjects subjects;
    private final Results results;
    private final Cores cores;
    private final List<String> tls;
    private long errors;

    Comparison(Plan plan, Subjects subjects, Results results, Cores cores, List<Path> keyStore) {
        this.plan = plan;
        this.subjects = subjects;
        this.results = results;
        this.cores = cores;
        tls = keyStore.stream().map(Path::toString).toList();
    }

    /** Runs the plan; returns how many requests or connections failed. */
    long run() throws IOException, InterruptedException {
        for (int launch = 0; launch < plan.launches(); launch++) {
            List<EchoServer> servers = new ArrayList<>();
            try (Child load = Child.start("load", cores.load(JavaCommand.of(LoadMain.class, List.of())))) {
                load.answer().expect("ready");
                start(servers, launch == 0);
                warmUp(load, servers);
                for (int round = 0; round < plan.rounds(); round++) {
                    measureAll(load, servers, launch * plan.rounds() + round + 1);
                }
            } finally {
                servers.forEach(EchoServer::close);
            }
        }
        return errors;
    }

    private void start(List<EchoServer> servers, boolean loud) throws IOException, InterruptedException {
        for (String subject : plan.subjects()) {
            try {
                servers.add(EchoServer.start(subject, subjects.command(subject, tls), cores));
            } catch (MissingException e) {
                if (loud) {
                    System.err.println("MISSING: \"" + subject + "\" is left out: " + e.getMessage());
                    results.note("left out", subject + ": " + e.getMessage());
                }
            }
        }
    }

    private void warmUp(Child load, List<EchoServer> servers) throws InterruptedException {
        if (plan.warmup().isZero()) {
            return;
        }
        for (EchoServer server : servers) {
            for (Case what : plan.cases()) {
                open(load, server, what);
                run(load, plan.warmup());
                close(load, server);
            }
        }
    }

    private void measureAll(Child load, List<EchoServer> servers, int round) throws InterruptedException {
        List<EchoServer> order = new ArrayList<>(servers);
        Collections.rotate(order, -(round - 1));
        for (Case what : plan.cases()) {
            for (EchoServer server : order) {
                measure(load, server, what, round);
            }
        }
    }

    private void measure(Child load, EchoServer server, Case what, int round) throws InterruptedException {
        Answer opened = open(load, server, what);
        server.awaitQuiet();
        long allocated = server.isJvm() ? server.allocatedBytes() : 0;
        long loadCpu = load.cpuNanos();
        long cpu = server.cpuNanos();
        Answer ran = run(load, plan.measurement());
        Figures figures = new Figures(results, plan.table(), what.toString(), server.subject(), round);
        double requests = ran.number(1);
        figures.add("cpu", (server.cpuNanos() - cpu) / 1e3 / requests, "us");
        figures.add("load", (load.cpuNanos() - loadCpu) / (double) ran.number(2), "of its core");
        if (server.isJvm()) {
            figures.add("alloc", (server.allocatedBytes() - allocated) / requests, "bytes");
        }
        figures.add("throughput", requests * 1e9 / ran.number(2), "1/s");
        figures.latencies("", ran, 3);
        if (!plan.newcomers().isZero()) {
            figures.add("newcomers", ran.number(7), "connections");
            figures.latencies("newcomer ", ran, 8);
        }
        figures.add("open", opened.number(1) / 1e6, "ms");
        long failed = opened.number(2) + ran.number(6);
        figures.add("errors", failed, "");
        errors += failed;
        close(load, server);
    }

    private Answer open(Child load, EchoServer server, Case what) throws InterruptedException {
        String order = "open " + server.port() + " " + what.connections() + " " + what.bytes();
        return load.ask(tls.isEmpty() ? order : order + " " + tls.get(0)).expect("opened");
    }

    private Answer run(Child load, Duration duration) throws InterruptedException {
        String order = "run " + duration.toMillis();
        return load.ask(plan.newcomers().isZero() ? order : order + " " + plan.newcomers().toMillis(), duration)
                .expect("ran");
    }

    private static void close(Child load, EchoServer server) throws InterruptedException {
        load.ask("close").expect("closed");
        server.awaitQuiet();
    }

    /** The figures of one measurement. */
    private record Figures(Results results, String table, String what, String subject, int round) {
        void add(String metric, double value, String unit) {
            results.add(table, what, subject, round, metric, value, unit);
        }

        void latencies(String prefix, Answer ran, int place) {
            add(prefix + "p50", ran.number(place) / 1e3, "us");
            add(prefix + "p99", ran.number(place + 1) / 1e3, "us");
            add(prefix + "max", ran.number(place + 2) / 1e3, "us");
        }
    }
}
