package aio.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the processes run: the server on one core, the load on another, if this system has two and can pin to them. */
public final class Cores {
    private final List<Integer> cores;

    private Cores(List<Integer> cores) {
        this.cores = cores;
    }

    /** Looks at this system. */
    public static Cores ofThisSystem() {
        List<Integer> allowed = allowed();
        return new Cores(allowed.size() > 1 && hasTaskset() ? allowed : List.of());
    }

    /** Says what is done, for the heading of the results. */
    public String describe() {
        return cores.isEmpty()
                ? "NOT pinned (fewer than two cores, or no taskset): server and load disturb each other"
                : "server on core " + cores.get(0) + ", load on core " + cores.get(1);
    }

    /** Returns the command that runs the given one as a server. */
    public List<String> server(List<String> command) {
        return pinned(0, command);
    }

    /** Returns the command that runs the given one as the load. */
    public List<String> load(List<String> command) {
        return pinned(1, command);
    }

    /** Reserves the core of the servers for one thread of a process; its other threads go to that of the load. */
    public void isolate(long pid, long thread) throws IOException, InterruptedException {
        if (!cores.isEmpty()) {
            taskset("-acp", cores.get(1), pid);
            taskset("-cp", cores.get(0), thread);
        }
    }

    private static void taskset(String option, int core, long id) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("taskset", option, Integer.toString(core), Long.toString(id))
                .redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("taskset cannot pin " + id + " to core " + core + ": " + said.strip());
        }
    }

    private List<String> pinned(int index, List<String> command) {
        if (cores.isEmpty()) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cores.get(index).toString()));
        pinned.addAll(command);
        return pinned;
    }

    private static boolean hasTaskset() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "taskset")));
    }

    private static List<Integer> allowed() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .flatMap(line -> Stream.of(line.substring(line.indexOf(':') + 1).strip().split(",")))
                    .flatMap(Cores::range).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read which cores are allowed: expected a Linux with /proc", e);
        }
    }

    private static Stream<Integer> range(String text) {
        String[] ends = text.split("-");
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        return Stream.iterate(first, core -> core <= last, core -> core + 1);
    }
}
