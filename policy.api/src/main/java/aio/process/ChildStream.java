package aio.process;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a standard stream of a child goes to or comes from: asyncio's {@code PIPE}, {@code DEVNULL}, {@code STDOUT},
 * {@code None} (here {@link #INHERIT}) or a file. Immutable.
 */
public final class ChildStream {

    /** A pipe to the protocol. */
    public static final ChildStream PIPE = new ChildStream("PIPE", null);

    /** The same stream of this JVM. */
    public static final ChildStream INHERIT = new ChildStream("INHERIT", null);

    /** Nothing: reads end at once, writes vanish. */
    public static final ChildStream DEVNULL = new ChildStream("DEVNULL", null);

    /** For standard error only: it goes where standard output goes. */
    public static final ChildStream STDOUT = new ChildStream("STDOUT", null);

    private static final String FILE = "file";
    private static final String APPEND = "append to file";

    private final String kind;
    private final @Nullable Path path;

    private ChildStream(String kind, @Nullable Path path) {
        this.kind = kind;
        this.path = path;
    }

    /** A file, which is read from its beginning or overwritten. */
    public static ChildStream file(Path path) {
        return new ChildStream(FILE, Objects.requireNonNull(path, "path"));
    }

    /** A file to which output is appended. Not for standard input. */
    public static ChildStream append(Path path) {
        return new ChildStream(APPEND, Objects.requireNonNull(path, "path"));
    }

    /** Returns the file, or null if the stream is not a file. */
    public @Nullable Path path() {
        return path;
    }

    /** Tells whether output is appended to a file. */
    public boolean appends() {
        return kind.equals(APPEND);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChildStream stream && kind.equals(stream.kind) && Objects.equals(path, stream.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, path);
    }

    @Override
    public String toString() {
        return path == null ? kind : kind + " " + path;
    }
}
