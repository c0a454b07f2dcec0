package aio.dist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the framework keeps its state: a directory that is kept and locked, or one that is deleted at the end. */
final class Storage implements AutoCloseable {
    private static final String LOCK = "aio.lock";

    private final Path directory;
    /** Null if it is deleted at the end. */
    private final @Nullable FileChannel lock;

    private Storage(Path directory, @Nullable FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Makes the directory if it does not exist, and locks it; null makes a fresh one.
     *
     * @throws IOException if it cannot be used, with a message for people
     */
    static Storage open(@Nullable Path kept) throws IOException {
        return kept == null ? temporary() : locked(kept);
    }

    private static Storage temporary() throws IOException {
        try {
            return new Storage(Files.createTempDirectory("aio-"), null);
        } catch (IOException e) {
            throw new IOException("no directory for bundles can be made in '" + System.getProperty("java.io.tmpdir")
                    + "': " + reason(e) + "; give one with --storage DIR", e);
        }
    }

    private static Storage locked(Path kept) throws IOException {
        if (Files.isDirectory(kept.resolve("etc")) && Files.isDirectory(kept.resolve("deploy"))) {
            throw new IOException("storage '" + kept + "' is that of a Karaf: give another --storage, or --karaf");
        }
        try {
            Files.createDirectories(kept);
            FileChannel channel = FileChannel.open(kept.resolve(LOCK),
                    StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            // after the text in the file, so that another process can read which one has it
            FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, /* shared= */ false);
            if (lock == null) {
                String other = Files.readString(kept.resolve(LOCK)).strip();
                channel.close();
                throw new InUseException("storage '" + kept + "' is in use by process " + other
                        + ": two containers cannot share one; end that one, or give another --storage");
            }
            channel.truncate(0);
            String owner = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
            return new Storage(kept, channel);
        } catch (InUseException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("storage '" + kept + "' cannot be used: " + reason(e)
                    + "; give a --storage that can be written", e);
        }
    }

    /** Another process has the lock. */
    private static final class InUseException extends IOException {
        private static final long serialVersionUID = 1L;

        InUseException(String message) {
            super(message);
        }
    }

    /** Returns the reason of a failure: the message of such an exception is often only the name of the file. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "'" + denied.getFile() + "' may not be written";
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return "'" + exists.getFile() + "' is not a directory";
        }
        if (e instanceof FileSystemException failed && failed.getReason() != null) {
            return "'" + failed.getFile() + "': " + failed.getReason();
        }
        return String.valueOf(e.getMessage());
    }

    Path directory() {
        return directory;
    }

    boolean isKept() {
        return lock != null;
    }

    /** Unlocks the directory, or deletes it. */
    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
            return;
        }
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
