package aio.soak;

import aio.soak.load.Faults;
import aio.soak.load.Latencies;
import aio.soak.load.Load;
import aio.soak.load.Newcomers;
import aio.soak.load.PlainClients;
import aio.soak.load.TlsClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/**
 * Loads a node and lets it swap: first without swaps, then in segments, with a look at what the node holds after each.
 * One thread.
 */
final class Soak {
    private static final long PATIENCE_SECONDS = 90;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final SoakPlan plan;
    private final Faults faults = new Faults();
    private final Latencies plainLatencies = new Latencies();
    private final Latencies tlsLatencies = new Latencies();
    private final Latencies newcomerLatencies = new Latencies();
    private final List<Map<String, Long>> footprints = new ArrayList<>();

    private Soak(SoakPlan plan) {
        this.plan = plan;
    }

    /** Runs the soak; the report says what was wrong. */
    static SoakReport run(SoakPlan plan) throws Exception {
        return new Soak(plan).run();
    }

    private SoakReport run() throws Exception {
        Path folder = plan.target();
        Certificate.make(folder);
        SSLContext context = Certificate.context(folder);
        long start = System.nanoTime();
        try (NodeProcess node = new NodeProcess(folder, plan.bundle())) {
            String[] ports = node.ask("ports").split(" ");
            InetSocketAddress plainAddress = address(ports[0]);
            InetSocketAddress tlsAddress = address(ports[1]);
            PlainClients plain = new PlainClients(plainAddress, plan.plain(), plainLatencies, faults);
            TlsClients tls = new TlsClients(tlsAddress, context, plan.tls(), tlsLatencies, faults);
            await("every connection has had an echo", () -> plain.served() == plan.plain()
                    && tls.served() == plan.tls());
            Newcomers newcomers = new Newcomers(plainAddress, tlsAddress, context, newcomerLatencies, faults);
            latencies().forEach(Latencies::begin);
            LockSupport.parkNanos(plan.quiet().toNanos());
            swap(node, newcomers);
            List<Load> loads = List.of(newcomers, plain, tls);
            for (Load load : loads) {
                load.close();
            }
            Map<String, Long> figures = end(node, loads);
            return new SoakReport(plan, System.nanoTime() - start, figures, footprints, faults.lines(),
                    List.of(new SoakReport.Kind("plain", plainLatencies), new SoakReport.Kind("TLS", tlsLatencies),
                            new SoakReport.Kind("newcomers", newcomerLatencies)),
                    loads.stream().mapToLong(Load::bytes).sum(), newcomers.served(), newcomers.halfClosed(),
                    newcomers.refused());
        }
    }

    private static InetSocketAddress address(String port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    private void await(String what, BooleanSupplier condition) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (faults.count() > 0 || System.nanoTime() - deadline > 0) {
                throw new IOException("not within " + PATIENCE_SECONDS + " s: " + what + "; faults: " + faults.lines());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private List<Latencies> latencies() {
        return List.of(plainLatencies, tlsLatencies, newcomerLatencies);
    }

    private void swap(NodeProcess node, Newcomers newcomers) throws IOException {
        latencies().forEach(Latencies::swapping);
        for (int segment = 0; segment < plan.segments() && faults.count() == 0; segment++) {
            node.ask("swap " + plan.swapsOf(segment) + " " + plan.livesOf(segment) + " " + plan.nanosBetweenSwaps()
                    + " " + plan.way() + " " + plan.living());
            newcomers.pause(true);
            await("the newcomers are gone", () -> openIs(node, plan.connections()));
            footprints.add(node.figures("footprint"));
            newcomers.pause(false);
        }
    }

    private boolean openIs(NodeProcess node, int expected) {
        try {
            return node.figures("figures").get("open") == expected;
        } catch (IOException e) {
            faults.add(e.toString());
            return false;
        }
    }

    /** Compares the counts of both sides, and ends the node. */
    private Map<String, Long> end(NodeProcess node, List<Load> loads) throws Exception {
        if (faults.count() == 0) {
            await("the server has seen every connection end", () -> openIs(node, 0));
        }
        node.ask("end");
        Map<String, Long> figures = node.figures("figures");
        expect("connections that the server accepted", loads.stream().mapToLong(Load::served).sum(),
                figures.get("accepted"));
        expect("bytes that the server got", loads.stream().mapToLong(Load::bytes).sum(), figures.get("bytes"));
        expect("children that ended as they should", figures.get("started"), figures.get("children"));
        String told = node.ask("faults");
        if (!told.startsWith("0 ")) {
            faults.add("in the node: " + told);
        }
        expect("exit status of the node", 0, node.end());
        Path log = plan.target().resolve("node.log");
        if (Files.size(log) > 0) {
            faults.add("the node has warned: " + Files.readAllLines(log).stream().limit(20).toList());
        }
        return figures;
    }

    private void expect(String what, long expected, long seen) {
        if (seen != expected) {
            faults.add(what + ": " + seen + ", expected " + expected);
        }
    }
}
