package aio.bench.echo;

import aio.bench.Options;
import aio.bench.Results;
import aio.bench.process.Cores;
import aio.bench.process.Pythons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The commands that measure whole servers, one method each. */
public final class EchoCommands {
    private static final String SMALL = "aio selector,aio selector (A/A),java.nio,java.nio (A/A),Netty NIO,Netty epoll";
    private static final String ALL = SMALL + ",aio proactor,NIO.2,Netty io_uring,Vert.x,asyncio,uvloop,C epoll";
    private static final int SPARE_DESCRIPTORS = 200; // of a JVM, in addition to its connections

    private EchoCommands() {}

    /** CPU time and throughput of all servers, by the size of the request. */
    public static void echo(Options options) throws IOException, InterruptedException {
        run(Plan.of("echo", options, ALL, "64 B x 32,1 KiB x 32,10 KiB x 32,100 KiB x 32"), options);
    }

    /** Many connections: how long until all are served, and what a request then costs. */
    public static void connections(Options options) throws IOException, InterruptedException {
        run(Plan.of("connections", options, SMALL + ",C epoll", "1 KiB x 500,1 KiB x 10000").lasting(options, "2"),
                options);
    }

    /** The round trip of one connection. */
    public static void latency(Options options) throws IOException, InterruptedException {
        run(Plan.of("latency", options, ALL, "64 B x 1,1 KiB x 1"), options);
    }

    /** TLS 1.3 with AES-GCM, the JDK's in all servers. */
    public static void tls(Options options) throws IOException, InterruptedException {
        run(Plan.of("tls", options, "aio selector,aio selector (A/A),aio proactor,Netty NIO,Netty epoll",
                "1 KiB x 32,16 KiB x 32").overTls(), options);
    }

    /** The completion driver beside the selector driver, while new connections arrive: each should be served soon. */
    public static void completion(Options options) throws IOException, InterruptedException {
        run(Plan.of("completion", options, "aio proactor,aio proactor (A/A),aio selector,NIO.2",
                "1 KiB x 32,1 KiB x 500")
                .withNewcomers(Duration.ofMillis(20)), options);
    }

    /** How the cost of a request grows with the number of connections. */
    public static void growthConnections(Options options) throws IOException, InterruptedException {
        run(Plan.of("growth-connections", options, "aio selector,aio selector (A/A),java.nio,Netty NIO",
                "1 KiB x 1,1 KiB x 10,1 KiB x 100,1 KiB x 1000,1 KiB x 10000"), options);
    }

    /** The io_uring driver beside the selector driver, and others beside both: needs JDK 22 or later. */
    public static void uring(Options options) throws IOException, InterruptedException {
        run(Plan.of("uring", options,
                "aio uring,aio uring (A/A),aio selector,java.nio,Netty io_uring,Netty io_uring (A/A),Netty epoll,"
                        + "C epoll,C epoll (A/A),C io_uring",
                "64 B x 32,10 KiB x 32,100 KiB x 32,64 B x 1000,64 B x 10000"), options);
    }

    private static void run(Plan plan, Options options) throws IOException, InterruptedException {
        requireDescriptors(Case.mostConnections(plan.cases()) + SPARE_DESCRIPTORS);
        Cores cores = Cores.ofThisSystem();
        Path directory = Files.createTempDirectory("aio-bench");
        try (Results results = new Results(plan.table(), options)) {
            results.note("cores", cores.describe());
            Subjects subjects = new Subjects(directory, new Pythons(options));
            List<Path> keyStore = plan.tls() ? List.of(Certificate.make(directory)) : List.of();
            long errors = new Comparison(plan, subjects, results, cores, keyStore).run();
            if (errors > 0) {
                throw new IllegalStateException(errors + " requests or connections failed: the figures of \""
                        + plan.table()
                        + "\" are not to be trusted, see the messages above");
            }
        } finally {
            delete(directory);
        }
    }

    private static void requireDescriptors(int needed) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "ulimit -Hn").start();
        String limit = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        shell.waitFor();
        if (!limit.equals("unlimited") && Long.parseLong(limit) < needed) {
            throw new IllegalStateException("a process may open " + limit + " descriptors here, " + needed
                    + " are needed: raise the limit (ulimit -Hn " + needed
                    + "), or choose --cases with fewer connections");
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
