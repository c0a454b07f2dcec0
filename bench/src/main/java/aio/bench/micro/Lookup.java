package aio.bench.micro;

import aio.bench.Options;
import java.util.List;
import java.util.Map;

/** What it costs to ask which policy is current and which loop runs. */
public final class Lookup {
    static final String AIO = "aio";

    private static final String TABLE = "lookup";
    private static final String POLICY = "policy";
    private static final String RUNNING = "running loop";

    private Lookup() {}

    /** The command {@code lookup}. */
    public static void run(Options options) throws Exception {
        Rotation rotation = new Rotation(TABLE, cases(), 0.1, options);
        rotation.run(options, each -> rotation.times(5, 3), Rotation.time(TABLE));
    }

    private static List<Case> cases() {
        return List.of(
                of(POLICY, LookupBenchmark.class, "policy", AIO, AIO + " (A/A)"),
                of(POLICY, LookupBenchmark.class, "volatileField", "volatile field"),
                of(POLICY, ServiceBenchmark.class, "tracker", "ServiceTracker"),
                of(POLICY, ServiceBenchmark.class, "lookUp", "service look-up"),
                of(RUNNING, LookupBenchmark.class, "runningLoop", AIO, AIO + " (A/A)"),
                of(RUNNING, LookupBenchmark.class, "threadLocal", "ThreadLocal"));
    }

    private static Case of(String name, Class<?> benchmark, String method, String... subjects) {
        return new Case(name, benchmark, method, Map.of(), List.of(subjects));
    }
}
