package aio.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of a JVM, the same for all servers: aio's, the bare ones, Netty's and Vert.x's. */
public final class JavaCommand {
    private JavaCommand() {}

    /** Returns the command that runs a main class of this class path. */
    public static List<String> of(Class<?> main, List<String> args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // a JVM that is pinned to one core chooses the serial collector anyway: named, so that it is the same without
        // pinning
        command.add("-XX:+UseSerialGC");
        // a heap that neither grows nor shrinks while it is measured, and whose pages the system has given before
        command.add("-XX:+AlwaysPreTouch");
        String heap = System.getProperty("aio.bench.heap", "256m");
        command.add("-Xms" + heap);
        command.add("-Xmx" + heap);
        // room for 10,000 connections of servers that need a buffer for each
        command.add("-XX:MaxDirectMemorySize=2g");
        // compiler threads that end would take their CPU time out of the sum
        command.add("-XX:-UseDynamicNumberOfCompilerThreads");
        if (Runtime.version().feature() >= 24) {
            // Netty asks for it there; without it the JVM warns
            command.add("--enable-native-access=ALL-UNNAMED");
            // aio's io_uring asks for it; without it each connection costs some microseconds more at its beginning
            command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (Boolean.getBoolean("aio.bench.brief")) {
            // a test wants any figures: no time to compile well
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(args);
        return command;
    }
}
