package aio.process;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to start a child: the keyword arguments of asyncio's {@code subprocess_exec} and {@code subprocess_shell}.
 * Immutable; each {@code with…} method returns a changed copy. There are no text modes and no buffering: pipes carry
 * bytes.
 */
public final class SubprocessOptions {
    private static final SubprocessOptions DEFAULTS = new SubprocessOptions(
            ChildStream.PIPE, ChildStream.PIPE, ChildStream.PIPE, null, null);

    private final ChildStream stdin;
    private final ChildStream stdout;
    private final ChildStream stderr;
    private final @Nullable Map<String, String> environment;
    private final @Nullable Path directory;

    private SubprocessOptions(
            ChildStream stdin,
            ChildStream stdout,
            ChildStream stderr,
            @Nullable Map<String, String> environment,
            @Nullable Path directory) {
        this.stdin = stdin;
        this.stdout = stdout;
        this.stderr = stderr;
        this.environment = environment;
        this.directory = directory;
    }

    /** Three pipes, environment and working directory of this JVM. */
    public static SubprocessOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Where standard input comes from, a pipe unless set.
     *
     * @throws IllegalArgumentException for {@link ChildStream#STDOUT} and {@link ChildStream#append}
     */
    public SubprocessOptions withStdin(ChildStream stream) {
        if (Objects.requireNonNull(stream, "stream").equals(ChildStream.STDOUT) || stream.appends()) {
            throw new IllegalArgumentException("standard input cannot be \"" + stream
                    + "\": give PIPE, INHERIT, DEVNULL or a file");
        }
        return new SubprocessOptions(stream, stdout, stderr, environment, directory);
    }

    /**
     * Where standard output goes, to a pipe unless set.
     *
     * @throws IllegalArgumentException for {@link ChildStream#STDOUT}
     */
    public SubprocessOptions withStdout(ChildStream stream) {
        if (Objects.requireNonNull(stream, "stream").equals(ChildStream.STDOUT)) {
            throw new IllegalArgumentException("standard output cannot be \"" + stream
                    + "\", which is for standard error: give PIPE, INHERIT, DEVNULL or a file");
        }
        return new SubprocessOptions(stdin, stream, stderr, environment, directory);
    }

    /** Where standard error goes, to a pipe unless set. */
    public SubprocessOptions withStderr(ChildStream stream) {
        return new SubprocessOptions(
                stdin, stdout, Objects.requireNonNull(stream, "stream"), environment, directory);
    }

    /**
     * The whole environment of the child, that of this JVM unless set. The program is searched in the PATH of the JVM.
     */
    public SubprocessOptions withEnvironment(Map<String, String> variables) {
        return new SubprocessOptions(stdin, stdout, stderr, Map.copyOf(variables), directory);
    }

    /** The working directory of the child, that of this JVM unless set. */
    public SubprocessOptions withDirectory(Path folder) {
        return new SubprocessOptions(
                stdin, stdout, stderr, environment, Objects.requireNonNull(folder, "folder"));
    }

    /** Returns where standard input comes from. */
    public ChildStream stdin() {
        return stdin;
    }

    /** Returns where standard output goes. */
    public ChildStream stdout() {
        return stdout;
    }

    /** Returns where standard error goes. */
    public ChildStream stderr() {
        return stderr;
    }

    /** Returns the environment, null for that of this JVM. */
    public @Nullable Map<String, String> environment() {
        return environment;
    }

    /** Returns the working directory, null for that of this JVM. */
    public @Nullable Path directory() {
        return directory;
    }
}
