package aio.bench.child;

import aio.EventLoops;
import aio.bench.Samples;
import aio.loop.EventLoop;
import aio.process.ChildStream;
import aio.process.SubprocessOptions;
import aio.process.SubprocessProtocol;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Starts one child after the other, on order, in a JVM that was given its launch mechanism. The reply to
 * {@code <starter> <how many>} is {@code started <p50> <p99>}, in nanoseconds from the call until the exit is known.
 */
public final class Starter {
    private static final List<String> COMMAND = List.of("/bin/true");
    private static final SubprocessOptions NO_PIPES = SubprocessOptions.defaults()
            .withStdin(ChildStream.DEVNULL).withStdout(ChildStream.DEVNULL).withStderr(ChildStream.DEVNULL);
    private static final SubprocessOptions PIPES = SubprocessOptions.defaults()
            .withStdin(ChildStream.PIPE).withStdout(ChildStream.PIPE).withStderr(ChildStream.PIPE);

    private final EventLoop loop = EventLoops.policy("winselector").newEventLoop();

    private Starter() {}

    /** Starts children until its input ends. */
    public static void main(String[] args) throws Exception {
        Starter starter = new Starter();
        Thread thread = new Thread(starter.loop::runForever, "loop");
        thread.setDaemon(true);
        thread.start();
        System.out.println("ready");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ");
            Samples samples = new Samples();
            int count = Integer.parseInt(words[1]);
            for (int i = 0; i < count; i++) {
                samples.add(starter.start(words[0]));
            }
            System.out.println("started " + (long) (samples.micros(0.5) * 1e3) + " "
                    + (long) (samples.micros(0.99) * 1e3));
        }
        System.exit(0);
    }

    private long start(String who) throws IOException, InterruptedException, ExecutionException {
        return switch (who) {
            case "aio" -> aio(NO_PIPES, false);
            case "aio-pipes" -> aio(PIPES, true);
            case "bare" -> bare();
            case "bare-onexit" -> bareOnExit();
            case "bare-pipes" -> barePipes();
            default -> throw new IllegalArgumentException("\"" + who
                    + "\" is unknown: expected one of aio, aio-pipes, bare,"
                    + " bare-onexit, bare-pipes");
        };
    }

    private long aio(SubprocessOptions options, boolean toTheEnd) throws InterruptedException, ExecutionException {
        CompletableFuture<Long> done = new CompletableFuture<>();
        loop.callSoonThreadsafe(() -> {
            long start = System.nanoTime();
            loop.subprocessExec(() -> new Exit(done, start, toTheEnd), COMMAND, options)
                    .whenComplete((child, failure) -> {
                        if (failure != null) {
                            done.completeExceptionally(failure);
                        } else if (toTheEnd) {
                            child.transport().getPipeTransport(0).close();
                        }
                    });
        });
        return done.get();
    }

    private static ProcessBuilder discarding() {
        return new ProcessBuilder(COMMAND).redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
    }

    private static long bare() throws IOException, InterruptedException {
        long start = System.nanoTime();
        discarding().start().waitFor();
        return System.nanoTime() - start;
    }

    private static long bareOnExit() throws IOException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        return discarding().start().onExit().thenApply(gone -> System.nanoTime() - start).get();
    }

    private static long barePipes() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(COMMAND).start();
        process.getOutputStream().close();
        try (InputStream out = process.getInputStream(); InputStream err = process.getErrorStream()) {
            out.readAllBytes();
            err.readAllBytes();
        }
        process.waitFor();
        return System.nanoTime() - start;
    }

    /** Notes the time when the exit is known, or when the pipes have ended as well. */
    private static final class Exit implements SubprocessProtocol {
        private final CompletableFuture<Long> done;
        private final long start;
        private final boolean toTheEnd;

        Exit(CompletableFuture<Long> done, long start, boolean toTheEnd) {
            this.done = done;
            this.start = start;
            this.toTheEnd = toTheEnd;
        }

        @Override
        public void processExited() {
            if (!toTheEnd) {
                done.complete(System.nanoTime() - start);
            }
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            done.complete(System.nanoTime() - start);
        }
    }
}
