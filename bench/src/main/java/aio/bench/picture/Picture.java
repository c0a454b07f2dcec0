package aio.bench.picture;

import aio.bench.Machine;
import aio.bench.Options;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code bench/run picture}: starts the container of {@code ./run}, keeps connections to its echo example busy, swaps
 * policies by commands of the console, and draws docs/swap.svg from what was seen.
 */
public final class Picture {
    /** Each of the two ranks above the one before. */
    private static final List<String> SWAPS = List.of("start aio.policy.winproactor", "start aio.policy.winselector",
            "stop aio.policy.winselector", "stop aio.policy.winproactor");

    private final Path jar;
    private final int connections;
    private final int bytes;
    private final Duration period;
    private final Duration warmup;
    private final Duration between;
    private final Duration slice;

    private Picture(Options options) {
        jar = Path.of(options.text("jar", "dist/target/aio.jar"));
        connections = options.number("connections", 100);
        bytes = options.number("size", 1024);
        period = Duration.ofMillis(options.number("period", 5));
        warmup = Duration.ofMillis(options.number("warmup", 5000));
        between = Duration.ofMillis(options.number("between", 2000));
        slice = Duration.ofMillis(options.number("slice", 100));
    }

    /** Runs and draws; a run that lost a connection is drawn as it was, and fails. */
    public static void run(Options options) throws Exception {
        Recording recording = record(options);
        System.out.println(recording.summary());
        Files.writeString(Path.of(options.text("out", "docs/swap.svg")), new RecordingDrawing(recording).draw());
        if (recording.lost() > 0) {
            throw new IllegalStateException(recording.lost() + " connections were lost, expected none: "
                    + recording.losses());
        }
    }

    /** Runs without drawing. */
    static Recording record(Options options) throws IOException, InterruptedException {
        return new Picture(options).record();
    }

    private Recording record() throws IOException, InterruptedException {
        String machine = machine(); // the run itself loads it too
        try (Console console = new Console(jar);
                Traffic traffic = new Traffic(console.echo(), connections, bytes, period, slice)) {
            traffic.start();
            traffic.goOn(warmup);
            long zero = System.nanoTime();
            List<Swap> swaps = new ArrayList<>();
            for (String command : SWAPS) {
                traffic.goOnUntil(zero + between.toNanos() * (swaps.size() + 1));
                swaps.add(console.swap(command));
            }
            traffic.goOnUntil(zero + between.toNanos() * (SWAPS.size() + 1));
            traffic.end();
            List<Slice> slices = traffic.slices().stream().filter(slice -> slice.begin() >= zero).toList();
            return new Recording(zero, slices, swaps, connections, bytes, period, traffic.losses(), machine);
        }
    }

    private static String machine() {
        Map<String, String> facts = Machine.describe();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        int cores = Runtime.getRuntime().availableProcessors();
        return facts.get("processor") + ", cores: " + cores + ", " + facts.get("jdk") + ", revision "
                + facts.get("revision") + String.format(Locale.ROOT, "; load average before the run %.1f", load)
                + (load > cores / 2.0 ? ": the machine was busy with other work" : "");
    }
}
