package aio.dist;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.osgi.framework.BundleException;

/** The main class of the executable jar. */
public final class Main {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    /** Starts the container, runs the commands of the command line, a pipe or the terminal, and ends the JVM. */
    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            return USAGE;
        }
        if (options.help()) {
            System.out.print(Options.usage());
            return 0;
        }
        // before any other code opens a file
        StandardInput input = StandardInput.find();
        ConsoleLog log = ConsoleLog.install(out());
        try (Container container = new Container(options, input)) {
            return run(container, log);
        }
    }

    /** Returns the stream of the process itself: commands replace that of the system by one of their own. */
    private static PrintStream out() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), /* autoFlush= */ true);
    }

    private static int run(Container container, ConsoleLog log) {
        try {
            if (!closesAtExit(container)) {
                return FAILED;
            }
            container.start();
            container.problems().forEach(problem -> System.out.println("error: " + problem));
            endWith(container);
            log.setTalkative(true);
            Integer code = container.runSession();
            if (code == null) {
                container.awaitForeignStop();
                return 0;
            }
            log.setTalkative(false);
            return container.problems().isEmpty() ? code : Math.max(code, FAILED);
        } catch (Exception | Error e) { // whatever it is, the JVM is to end
            // a signal can end it at any moment; then the exit code is that of the signal
            if (!container.isClosing()) {
                tell(e);
            }
            return FAILED;
        }
    }

    /** Sees to it that a signal closes the container; returns false if one has come already, and the JVM ends. */
    private static boolean closesAtExit(Container container) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(container::close, "aio-end"));
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void tell(Throwable e) {
        if (e instanceof IOException || e instanceof BundleException) {
            Throwable cause = e instanceof IOException ? null : e.getCause();
            String why = cause == null ? null : cause.getMessage();
            System.err.println("error: the container does not start: " + e.getMessage()
                    + (why == null ? "" : ": " + why));
        } else {
            e.printStackTrace();
        }
    }

    /** When the framework is stopped, from wherever, the JVM ends: the session may wait for the next line. */
    private static void endWith(Container container) {
        Thread watch = new Thread(() -> {
            try {
                if (container.awaitForeignStop()) {
                    System.exit(0);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "aio-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
