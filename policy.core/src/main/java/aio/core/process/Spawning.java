package aio.core.process;

import aio.core.kernel.Shortage;
import aio.process.ChildStream;
import aio.process.SubprocessOptions;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One start of a child: pipes, environment, folder. The pipes are the core's and not the JDK's, which would cut them
 * when the child ends. If anything fails, nothing is left behind. Used by one thread, which may block.
 */
final class Spawning {
    private static final File NOWHERE = new File(ExitStatus.WINDOWS ? "NUL" : "/dev/null");

    /**
     * The most that a start opens itself: files to redirect to, and pipes to its helper. When no descriptor is left,
     * the JDK's start of a process (17 to 25) closes some that are not its own.
     */
    static final int PIPES_OF_A_START = 6;

    private final ChildPipes maker;
    private final List<String> command;
    private final SubprocessOptions options;
    private final Deque<ChildPipe> unused = new ArrayDeque<>();

    Spawning(ChildPipes maker, List<String> command, SubprocessOptions options) {
        this.maker = maker;
        this.command = command;
        this.options = options;
    }

    Child start() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        setSurroundings(builder);
        List<? extends ChildPipe> pipes = openPipes();
        Process process = null;
        Child child = null;
        try {
            unused.addAll(pipes);
            ChildPipe in = isPipe(options.stdin()) ? unused.poll() : null;
            ChildPipe out = isPipe(options.stdout()) ? unused.poll() : null;
            ChildPipe err = isPipe(options.stderr()) ? unused.poll() : null;
            builder.redirectInput(in != null ? Redirect.from(in.file()) : source(options.stdin()));
            builder.redirectOutput(out != null ? Redirect.to(out.file()) : target(options.stdout()));
            if (options.stderr().equals(ChildStream.STDOUT)) {
                builder.redirectErrorStream(true);
            } else {
                builder.redirectError(err != null ? Redirect.to(err.file()) : target(options.stderr()));
            }
            Shortage.checkChild(PIPES_OF_A_START);
            process = builder.start();
            pipes.forEach(ChildPipe::started);
            child = new Child(process, writer(process, in), stdout(process, out), stderr(process, err));
            return child;
        } finally {
            if (child == null) {
                pipes.forEach(ChildPipe::discard);
                if (process != null) {
                    process.destroyForcibly();
                }
            }
        }
    }

    private List<? extends ChildPipe> openPipes() throws IOException, InterruptedException {
        List<Boolean> toChild = new ArrayList<>();
        if (isPipe(options.stdin())) {
            toChild.add(true);
        }
        if (isPipe(options.stdout())) {
            toChild.add(false);
        }
        if (isPipe(options.stderr())) {
            toChild.add(false);
        }
        try {
            return toChild.isEmpty() ? List.of() : maker.open(toChild);
        } catch (IOException e) {
            Shortage shortage = Shortage.behind(e);
            throw shortage == null ? e : shortage;
        }
    }

    private void setSurroundings(ProcessBuilder builder) throws IOException {
        Map<String, String> environment = options.environment();
        if (environment != null) {
            builder.environment().clear();
            builder.environment().putAll(environment);
        }
        Path directory = options.directory();
        if (directory == null) {
            return;
        }
        if (!Files.exists(directory)) {
            throw new NoSuchFileException(directory.toString(), null, "no such working directory: check the path");
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        builder.directory(directory.toFile());
    }

    private static boolean isPipe(ChildStream stream) {
        return stream.equals(ChildStream.PIPE);
    }

    private static Redirect source(ChildStream stream) {
        Path path = stream.path();
        if (path != null) {
            return Redirect.from(path.toFile());
        }
        if (stream.equals(ChildStream.DEVNULL)) {
            return Redirect.from(NOWHERE);
        }
        return stream.equals(ChildStream.INHERIT) ? Redirect.INHERIT : Redirect.PIPE;
    }

    private static Redirect target(ChildStream stream) {
        Path path = stream.path();
        if (path != null) {
            return stream.appends() ? Redirect.appendTo(path.toFile()) : Redirect.to(path.toFile());
        }
        if (stream.equals(ChildStream.DEVNULL)) {
            return Redirect.DISCARD;
        }
        return stream.equals(ChildStream.INHERIT) ? Redirect.INHERIT : Redirect.PIPE;
    }

    private @Nullable WritableByteChannel writer(Process process, @Nullable ChildPipe ours) {
        if (!isPipe(options.stdin())) {
            return null;
        }
        return ours != null ? (WritableByteChannel) ours.end() : Child.writer(process);
    }

    private @Nullable ReadableByteChannel stdout(Process process, @Nullable ChildPipe ours) {
        if (!isPipe(options.stdout())) {
            return null;
        }
        return ours != null ? (ReadableByteChannel) ours.end() : Channels.newChannel(process.getInputStream());
    }

    private @Nullable ReadableByteChannel stderr(Process process, @Nullable ChildPipe ours) {
        if (!isPipe(options.stderr())) {
            return null;
        }
        return ours != null ? (ReadableByteChannel) ours.end() : Channels.newChannel(process.getErrorStream());
    }
}
