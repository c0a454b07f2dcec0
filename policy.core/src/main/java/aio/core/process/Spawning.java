package aio.core.process;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One start of a child: pipes, environment, folder. A pipe has a name for that moment, so that it is ours and not the
 * JDK's, which would cut it when the child ends. Used by one thread, which may block.
 */
final class Spawning {
    private static final File NOWHERE = new File(ExitStatus.WINDOWS ? "NUL" : "/dev/null");

    private final NamedPipes names;
    private final List<String> command;
    private final SubprocessOptions options;
    private final List<ChildPipe> pipes = new ArrayList<>();

    Spawning(NamedPipes names, List<String> command, SubprocessOptions options) {
        this.names = names;
        this.command = command;
        this.options = options;
    }

    Child start() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        setSurroundings(builder);
        boolean started = false;
        try {
            ChildPipe in = isPipe(options.stdin()) ? pipe(true) : null;
            ChildPipe out = isPipe(options.stdout()) ? pipe(false) : null;
            ChildPipe err = isPipe(options.stderr()) ? pipe(false) : null;
            builder.redirectInput(in != null ? in.forReading() : source(options.stdin()));
            builder.redirectOutput(out != null ? out.forWriting() : target(options.stdout()));
            if (options.stderr().equals(ChildStream.STDOUT)) {
                builder.redirectErrorStream(true);
            } else {
                builder.redirectError(err != null ? err.forWriting() : target(options.stderr()));
            }
            Process process = builder.start();
            started = true;
            pipes.forEach(ChildPipe::started);
            return new Child(process, writer(process, in), stdout(process, out), stderr(process, err));
        } finally {
            if (!started) {
                pipes.forEach(ChildPipe::discard);
            }
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

    private @Nullable ChildPipe pipe(boolean toChild) throws IOException, InterruptedException {
        Path name = names.take();
        if (name == null) {
            return null;
        }
        ChildPipe pipe = toChild ? ChildPipe.toChild(name) : ChildPipe.fromChild(name);
        pipes.add(pipe);
        return pipe;
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

    private @Nullable WritableByteChannel writer(Process process, @Nullable ChildPipe named) {
        if (!isPipe(options.stdin())) {
            return null;
        }
        return named != null ? named.end() : Child.writer(process);
    }

    private @Nullable ReadableByteChannel stdout(Process process, @Nullable ChildPipe named) {
        if (!isPipe(options.stdout())) {
            return null;
        }
        return named != null ? named.end() : Channels.newChannel(process.getInputStream());
    }

    private @Nullable ReadableByteChannel stderr(Process process, @Nullable ChildPipe named) {
        if (!isPipe(options.stderr())) {
            return null;
        }
        return named != null ? named.end() : Channels.newChannel(process.getErrorStream());
    }
}
