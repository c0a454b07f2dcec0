package aio.core.process;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * A named pipe between this process and a child that is about to be started. As long as it is not, a guard has both
 * ends open: without it, opening one of them would wait for the other. Used by one thread.
 */
final class ChildPipe {
    private final Path name;
    private final FileChannel guard;
    private final FileChannel end;

    private ChildPipe(Path name, FileChannel guard, FileChannel end) {
        this.name = name;
        this.guard = guard;
        this.end = end;
    }

    /** Opens a pipe whose end the child reads. */
    static ChildPipe toChild(Path name) throws IOException {
        return open(name, WRITE);
    }

    /** Opens a pipe whose end the child writes. */
    static ChildPipe fromChild(Path name) throws IOException {
        return open(name, READ);
    }

    private static ChildPipe open(Path name, OpenOption ours) throws IOException {
        FileChannel guard = FileChannel.open(name, READ, WRITE);
        try {
            return new ChildPipe(name, guard, FileChannel.open(name, ours));
        } catch (IOException e) {
            guard.close();
            throw e;
        }
    }

    Redirect forReading() {
        return Redirect.from(name.toFile());
    }

    Redirect forWriting() {
        return Redirect.to(name.toFile());
    }

    /** Returns our end; closing it wakes whoever is blocked in it. */
    FileChannel end() {
        return end;
    }

    /** Takes guard and name away, for the child has opened its end. */
    void started() {
        try {
            guard.close();
            Files.deleteIfExists(name);
        } catch (IOException e) {
            throw new UncheckedIOException("named pipe " + name + " cannot be released", e);
        }
    }

    /** Closes all, for nothing was started. */
    void discard() {
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException("named pipe " + name + " cannot be closed", e);
        } finally {
            started();
        }
    }
}
