package aio.policy.fleet.node;

import aio.policy.fleet.rollout.Answer;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Keeps a node's memory in a file, for one node at a time. Confined to one thread. */
public final class MemoryFile {
    private final Path file;
    private @Nullable FileChannel lock;

    /** Makes one that reads and writes {@code file}, which need not exist. */
    public MemoryFile(Path file) {
        this.file = file;
    }

    /**
     * Takes the file for this node alone. The lock is one of the system, which also those see that an update of the
     * bundle has loaded anew.
     *
     * @return false while another node has it: one of this process that has not ended
     */
    boolean take() throws IOException {
        if (lock != null) {
            return true;
        }
        FileChannel channel = FileChannel.open(file.resolveSibling(file.getFileName() + ".lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                lock = channel;
                return true;
            }
        } catch (OverlappingFileLockException e) {
            return false;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return false;
    }

    /** Lets the next one have the file. */
    void release() throws IOException {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    /** Reads it; a file that is broken is as good as none. */
    Memory read() throws IOException {
        if (!Files.exists(file)) {
            return Memory.none();
        }
        Properties text = new Properties();
        try {
            text.load(new StringReader(Files.readString(file)));
            return new Memory(text.getProperty("origin", ""), Long.parseLong(text.getProperty("number", "0")),
                    text.getProperty("policy", ""), Answer.valueOf(text.getProperty("answer", "NONE")),
                    text.getProperty("why", ""), text.getProperty("intent", ""));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Memory.none();
        }
    }

    /** Writes it: after a crash there is the old one or the new one, whole. */
    void write(Memory memory) throws IOException {
        Properties text = new Properties();
        text.setProperty("origin", memory.origin());
        text.setProperty("number", Long.toString(memory.number()));
        text.setProperty("policy", memory.policy());
        text.setProperty("answer", memory.answer().name());
        text.setProperty("why", memory.why());
        text.setProperty("intent", memory.intent());
        StringWriter written = new StringWriter();
        text.store(written, null);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(written.toString());
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
