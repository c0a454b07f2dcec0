package aio.core.net;

import aio.core.thread.Interrupts;
import aio.loop.SendfileOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The part of a file that is sent, and how much of it is. Loop thread. */
public final class FilePart {
    private static final int CHUNK = 1024 * 1024;
    private static final int MAX_TRANSFERS = 4; // the other connections wait meanwhile

    private final FileChannel file;
    private final SendfileOptions options;
    private long sent;

    /** The result of a transfer. */
    public enum Progress {
        /** All is sent, or the end of the file is reached. */
        DONE,
        /** The other side takes no more now. */
        BLOCKED,
        /** It would take more, but other connections have their turn. */
        GOING_ON,
        /** The other side cannot take bytes from a file. */
        UNSUPPORTED
    }

    /** Takes bytes from a file. */
    @FunctionalInterface
    public interface Target {
        /** Returns how many bytes it took; negative if it cannot. */
        long transfer(FileChannel file, long position, long count) throws IOException;
    }

    public FilePart(FileChannel file, SendfileOptions options) {
        this.file = file;
        this.options = options;
    }

    SendfileOptions options() {
        return options;
    }

    public long sent() {
        return sent;
    }

    long position() {
        return options.offset() + sent;
    }

    /** Returns how many bytes to ask for next, 0 if all are sent. */
    long next(int most) {
        return options.count() < 0 ? most : Math.min(most, options.count() - sent);
    }

    /** Reads a part of the file; at its end, nothing. Any thread: it may block. */
    ByteBuffer read(long from, int count) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(count);
        file.read(block, from);
        return block.flip();
    }

    /** Notes that bytes were sent, and moves the position of the file past them. */
    public void sent(long bytes) throws IOException {
        sent += bytes;
        Interrupts.heldOff(() -> file.position(position()));
    }

    public Progress transferTo(Target target) throws IOException {
        return Interrupts.heldOff(() -> transferSome(target));
    }

    private Progress transferSome(Target target) throws IOException {
        for (int transfers = 0; transfers < MAX_TRANSFERS; transfers++) {
            long wanted = next(CHUNK);
            if (wanted == 0) {
                return Progress.DONE;
            }
            long taken = target.transfer(file, position(), wanted);
            if (taken < 0) {
                return Progress.UNSUPPORTED;
            }
            if (taken == 0) {
                // asked for now, not before: the file may have shrunk
                return position() >= file.size() ? Progress.DONE : Progress.BLOCKED;
            }
            sent(taken);
        }
        return next(1) == 0 ? Progress.DONE : Progress.GOING_ON;
    }
}
