package aio.bench.child;

import aio.bench.Options;
import aio.bench.Results;
import aio.bench.process.Answer;
import aio.bench.process.Child;
import aio.bench.process.JavaCommand;
import aio.bench.process.Pythons;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The time from the start of a child to its exit: by the code that starts it, with and without pipes, and by the launch
 * mechanism.
 */
public final class ChildBench {
    private static final String TABLE = "child";
    private static final double NANOS_PER_MICRO = 1e3;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String ASYNCIO = String.join("\n",
            "import asyncio, sys, time",
            "from asyncio.subprocess import DEVNULL, PIPE",
            "async def once(pipes):",
            "    start = time.perf_counter_ns()",
            "    way = PIPE if pipes else DEVNULL",
            "    child = await asyncio.create_subprocess_exec('/bin/true', stdin=way, stdout=way, stderr=way)",
            "    if pipes:",
            "        await child.communicate()",
            "    else:",
            "        await child.wait()",
            "    return time.perf_counter_ns() - start",
            "async def main():",
            "    print('ready', flush=True)",
            "    while True:",
            "        order = sys.stdin.readline().split()",
            "        if not order:",
            "            return",
            "        times = sorted([await once(order[0].endswith('pipes')) for _ in range(int(order[1]))])",
            "        last = len(times) - 1",
            "        print('started', times[last // 2], times[last * 99 // 100], flush=True)",
            "asyncio.run(main())");

    private ChildBench() {}

    /** What one process is asked to do. */
    private record Subject(String name, String what, Child process, String order) {}

    /** The command. */
    public static void run(Options options) throws Exception {
        int rounds = options.number("rounds", 10);
        int children = options.number("children", 150);
        List<Child> processes = new ArrayList<>();
        try (Results results = new Results(TABLE, options)) {
            List<Subject> subjects = new ArrayList<>();
            addJava("", processes, subjects);
            addPython(results, options, processes, subjects);
            for (String mechanism : options.list("mechanisms", "VFORK,FORK")) {
                addJava(mechanism, processes, subjects);
            }
            for (int round = 0; round <= rounds; round++) {
                for (Subject subject : subjects) {
                    Answer took = subject.process.ask(subject.order + " " + children, LIMIT).expect("started");
                    if (round > 0) {
                        results.add(TABLE, subject.what, subject.name, round, "p50", took.number(1) / NANOS_PER_MICRO,
                                "us");
                        results.add(TABLE, subject.what, subject.name, round, "p99", took.number(2) / NANOS_PER_MICRO,
                                "us");
                    }
                }
                Collections.rotate(subjects, 1);
            }
        } finally {
            processes.forEach(Child::close);
        }
    }

    /** Adds the subjects of a JVM with a launch mechanism; an empty text is the JVM's own choice. */
    private static void addJava(String mechanism, List<Child> processes, List<Subject> subjects)
            throws IOException, InterruptedException {
        List<String> command = JavaCommand.of(Starter.class, List.of());
        String by = "";
        if (!mechanism.isEmpty()) {
            by = " by " + mechanism;
            command.add(1, "-Djdk.lang.Process.launchMechanism=" + mechanism);
        }
        Child process = Child.start("starter" + by, command);
        processes.add(process);
        process.answer().expect("ready");
        String noPipes = "no pipes" + by;
        String pipes = "pipes" + by;
        subjects.add(new Subject("aio selector", noPipes, process, "aio"));
        subjects.add(new Subject("aio selector (A/A)", noPipes, process, "aio"));
        subjects.add(new Subject("ProcessBuilder", noPipes, process, "bare"));
        subjects.add(new Subject("ProcessBuilder (A/A)", noPipes, process, "bare"));
        subjects.add(new Subject("ProcessBuilder onExit", noPipes, process, "bare-onexit"));
        subjects.add(new Subject("aio selector", pipes, process, "aio-pipes"));
        subjects.add(new Subject("aio selector (A/A)", pipes, process, "aio-pipes"));
        subjects.add(new Subject("ProcessBuilder", pipes, process, "bare-pipes"));
    }

    private static void addPython(
            Results results, Options options, List<Child> processes, List<Subject> subjects)
            throws IOException, InterruptedException {
        Pythons pythons = new Pythons(options);
        Optional<String> python = pythons.with("asyncio");
        if (python.isEmpty()) {
            System.err.println("MISSING: \"asyncio\" is left out: " + pythons.absence("asyncio"));
            results.note("left out", "asyncio: " + pythons.absence("asyncio"));
            return;
        }
        Child process = Child.start("asyncio", List.of(python.get(), "-c", ASYNCIO));
        processes.add(process);
        process.answer().expect("ready");
        subjects.add(new Subject("asyncio", "no pipes", process, "none"));
        subjects.add(new Subject("asyncio", "pipes", process, "pipes"));
    }
}
