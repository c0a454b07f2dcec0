package aio.bench;

import aio.bench.blocked.BlockedBench;
import aio.bench.child.ChildBench;
import aio.bench.echo.EchoCommands;
import aio.bench.loops.LoopsBench;
import aio.bench.memory.MemoryBench;
import aio.bench.micro.Allocation;
import aio.bench.micro.Callbacks;
import aio.bench.micro.Lookup;
import aio.bench.micro.Timers;
import aio.bench.picture.Picture;
import aio.bench.report.Report;
import aio.bench.statistics.StatisticsBench;
import aio.bench.swap.ExchangeBench;
import aio.bench.swap.SwapBench;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The program: {@code bench/run <command> [options]}, one command for each page of docs/performance, and those that
 * draw.
 */
public final class Bench {
    private static final Map<String, Entry> COMMANDS = new TreeMap<>();
    private static final String COMMON = "results,rounds,table";
    private static final String ECHO = COMMON + ",cases,launches,python,seconds,subjects,warmup";
    private static final String MICRO = COMMON + ",cases,python,seconds,subjects";

    static {
        put("allocation", Allocation::run, MICRO);
        put("blocked", BlockedBench::run, COMMON + ",blocks,millis");
        put("callbacks", Callbacks::run, MICRO);
        put("child", ChildBench::run, COMMON + ",children,mechanisms,python");
        put("completion", EchoCommands::completion, ECHO);
        put("connections", EchoCommands::connections, ECHO);
        put("echo", EchoCommands::echo, ECHO);
        put("exchange", ExchangeBench::run, COMMON + ",connections,millis,size,warmup,warmups");
        put("growth-connections", EchoCommands::growthConnections, ECHO);
        put("growth-loops", LoopsBench::run, COMMON + ",connections,loops,millis,warmup");
        put("growth-policies", SwapBench::growth, COMMON + ",policies,swaps,warmups");
        put("latency", EchoCommands::latency, ECHO);
        put("lookup", Lookup::run, MICRO);
        put("memory", MemoryBench::run, COMMON + ",connections,subjects");
        put("picture", Picture::run, "between,connections,jar,out,period,size,slice,warmup");
        put("report", Report::run, "charts,docs,readme,results");
        put("statistics", StatisticsBench::run, COMMON + ",connections,launches,millis,warmup,windows");
        put("swap", SwapBench::run, COMMON + ",bundle-connections,policies,stops,swaps,warmups");
        put("timers", Timers::run, COMMON + ",python,seconds,sizes,subjects");
        put("tls", EchoCommands::tls, ECHO);
        put("uring", EchoCommands::uring, ECHO);
    }

    private Bench() {}

    private static void put(String name, Command command, String options) {
        COMMANDS.put(name, new Entry(command, new TreeSet<>(List.of(options.split(",")))));
    }

    /** Runs a command. */
    public static void main(String[] args) throws Exception {
        System.setProperty("java.awt.headless", "true"); // charts are drawn into files, with or without a screen
        try {
            run(List.of(args));
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Runs a command whose name comes first. */
    static void run(List<String> args) throws Exception {
        Entry entry = args.isEmpty() ? null : COMMANDS.get(args.get(0));
        if (entry == null) {
            throw new UsageException((args.isEmpty() ? "no command" : "unknown command \"" + args.get(0) + "\"")
                    + "; expected one of " + COMMANDS.keySet());
        }
        Options options = new Options(args.subList(1, args.size()));
        options.requireKnown(args.get(0), entry.options);
        entry.command.run(options);
    }

    /** A command with the names of its options. */
    private record Entry(Command command, Set<String> options) {}

    /** A measurement that makes one table. */
    @FunctionalInterface
    interface Command {
        /** Measures and writes the results. */
        void run(Options options) throws Exception;
    }
}
