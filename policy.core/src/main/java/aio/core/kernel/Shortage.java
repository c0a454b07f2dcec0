package aio.core.kernel;

import aio.core.foreign.Text;
import aio.core.thread.Starts;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process has too little of something. No code is to blame, and it may be back soon: what could not be done is
 * tried again. Any thread.
 */
public final class Shortage extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * What a driver opens to serve a loop and its first connections, estimated generously: a pipe is two descriptors.
     */
    private static final int PIPES_OF_A_DRIVER = 5;

    private static final int DEEPEST_CAUSE = 10;

    /** The text of C libraries for EMFILE, and for ENFILE alike, in the default language. */
    private static final String ENGLISH = "Too many open files";

    private Shortage(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns the shortage that has made a driver fail, or null if there is none: then the driver is to blame. */
    public static @Nullable Shortage behind(Throwable failure) {
        if (failure instanceof Shortage known) {
            return known;
        }
        boolean isOfSystem = false;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof OutOfMemoryError) {
                return ofMemory(each);
            }
            if (each instanceof IOException && Text.ofMessage(each).contains(ENGLISH)) {
                return ofDescriptors(each);
            }
            isOfSystem |= each instanceof IOException;
        }
        if (!isOfSystem) {
            return null;
        }
        try {
            checkDescriptors(PIPES_OF_A_DRIVER);
            return null;
        } catch (Shortage e) {
            return e;
        }
    }

    /** Tells whether a failure of any code is one of memory, or of threads, as far as its nearest causes tell. */
    static boolean isOfMemory(Throwable failure) {
        Throwable each = failure;
        try {
            for (int depth = 0; each != null && depth < DEEPEST_CAUSE; depth++) {
                if (each instanceof OutOfMemoryError) {
                    return true;
                }
                each = each.getCause();
            }
        } catch (RuntimeException | Error e) { // of a cause that is made by foreign code
            return false;
        }
        return false;
    }

    /**
     * Makes sure that there is room for some pipes. One thread at a time looks, so that several at once do not count
     * each other's.
     */
    public static synchronized void checkDescriptors(int pipes) throws Shortage {
        List<Pipe> room = new ArrayList<>();
        try {
            while (room.size() < pipes) {
                room.add(Pipe.open());
            }
        } catch (IOException e) {
            throw ofDescriptors(e);
        } finally {
            room.forEach(Shortage::close);
        }
    }

    /**
     * Makes sure that there is room for some pipes, and for the thread with which the JDK waits for a child: without
     * one its start of a process fails when the child runs already, and leaves that and its pipes behind.
     */
    public static void checkChild(int pipes) throws Shortage {
        checkDescriptors(pipes);
        if (!Starts.isPossible()) {
            throw ofMemory(new OutOfMemoryError("the system has no thread left"));
        }
    }

    private static Shortage ofMemory(Throwable cause) {
        return new Shortage("there is too little memory left, or no thread: " + Text.of(cause)
                + "; raise the limits (-Xmx, ulimit -u)", cause);
    }

    private static Shortage ofDescriptors(Throwable cause) {
        return new Shortage("there are too few descriptors left: " + Text.of(cause)
                + "; close some, or raise the limit (ulimit -n)", cause);
    }

    private static void close(Pipe pipe) {
        try {
            pipe.source().close();
            pipe.sink().close();
        } catch (IOException e) {
            throw new IllegalStateException("an empty pipe cannot be closed", e);
        }
    }
}
