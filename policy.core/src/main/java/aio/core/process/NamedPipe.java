package aio.core.process;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import aio.core.foreign.CoreLog;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * A pipe with a name, for systems other than Linux. Until the child is started, a guard holds both ends open: without
 * it, opening one end would wait for the other. Used by one thread.
 */
final class NamedPipe implements ChildPipe {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final Path name;
    private final FileChannel guard;
    private final FileChannel end;

    private NamedPipe(Path name, FileChannel guard, FileChannel end) {
        this.name = name;
        this.guard = guard;
        this.end = end;
    }

    /**
     * Opens a pipe; if that fails, its name is removed.
     *
     * @param toChild whether the child reads from it
     */
    static NamedPipe open(Path name, boolean toChild) throws IOException {
        OpenOption ours = toChild ? WRITE : READ;
        FileChannel guard = null;
        try {
            guard = FileChannel.open(name, READ, WRITE);
            return new NamedPipe(name, guard, FileChannel.open(name, ours));
        } catch (IOException | RuntimeException e) {
            if (guard != null) {
                Pumps.close(guard);
            }
            delete(name);
            throw e;
        }
    }

    private static void delete(Path name) {
        try {
            Files.deleteIfExists(name);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a named pipe is left behind: " + name, e);
        }
    }

    @Override
    public File file() {
        return name.toFile();
    }

    @Override
    public FileChannel end() {
        return end;
    }

    @Override
    public void started() {
        Pumps.close(guard);
        delete(name);
    }

    @Override
    public void discard() {
        Pumps.close(end);
        started();
    }
}
