package aio.bench;

import aio.bench.child.ChildBench;
import aio.bench.echo.EchoCommands;
import aio.bench.loops.LoopsBench;
import aio.bench.memory.MemoryBench;
import aio.bench.micro.Allocation;
import aio.bench.micro.Callbacks;
import aio.bench.micro.Lookup;
import aio.bench.micro.Timers;
import aio.bench.report.Report;
import aio.bench.swap.ExchangeBench;
import aio.bench.swap.SwapBench;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The program: {@code bench/run <command> [options]}, one command for each table of docs/performance.md. */
public final class Bench {
    private static final Map<String, Command> COMMANDS = new TreeMap<>();

    static {
        COMMANDS.put("child", ChildBench::run);
        COMMANDS.put("exchange", ExchangeBench::run);
        COMMANDS.put("growth-loops", LoopsBench::run);
        COMMANDS.put("growth-policies", SwapBench::growth);
        COMMANDS.put("memory", MemoryBench::run);
        COMMANDS.put("swap", SwapBench::run);
        COMMANDS.put("allocation", Allocation::run);
        COMMANDS.put("callbacks", Callbacks::run);
        COMMANDS.put("echo", EchoCommands::echo);
        COMMANDS.put("connections", EchoCommands::connections);
        COMMANDS.put("latency", EchoCommands::latency);
        COMMANDS.put("tls", EchoCommands::tls);
        COMMANDS.put("completion", EchoCommands::completion);
        COMMANDS.put("growth-connections", EchoCommands::growthConnections);
        COMMANDS.put("report", Report::run);
        COMMANDS.put("lookup", Lookup::run);
        COMMANDS.put("timers", Timers::run);
    }

    private Bench() {}

    /** Runs a command. */
    public static void main(String[] args) throws Exception {
        Command command = args.length == 0 ? null : COMMANDS.get(args[0]);
        if (command == null) {
            System.err.println((args.length == 0 ? "no command" : "unknown command \"" + args[0] + "\"")
                    + "; expected one of " + COMMANDS.keySet());
            System.exit(2);
            return;
        }
        command.run(new Options(Arrays.asList(args).subList(1, args.length)));
    }

    /** What makes one table. */
    @FunctionalInterface
    interface Command {
        /** Measures and writes the results. */
        void run(Options options) throws Exception;
    }
}
