package aio.core.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.Pipe;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A pipe of the JDK that a child can be given: it is found among the descriptors of this process, which Linux shows as
 * files. Unlike a named pipe, the child can open it again, as {@code /dev/stdin}, when the core's end is closed
 * already; unlike with the JDK's own pipes to children, the core's end stays open when the child ends. Used by one
 * thread.
 */
final class UnnamedPipe implements ChildPipe {
    private static final File DESCRIPTORS = new File("/proc/self/fd");
    private static final int MAX_MARK = 4_000; // any pipe takes so much without a reader

    private static final int MAX_RECENT = 8; // what a child needs; in a burst of starts all of them are taken
    private static final Deque<String> RECENT = new ArrayDeque<>(); // used by find alone

    private final Pipe pipe;
    private final boolean toChild;
    private int mark;
    private @Nullable File file;

    private UnnamedPipe(Pipe pipe, boolean toChild) {
        this.pipe = pipe;
        this.toChild = toChild;
    }

    /** Tells whether this system shows descriptors so that they can be opened again. */
    static boolean areSupported() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")
                && DESCRIPTORS.isDirectory();
    }

    /**
     * Opens pipes, all or none.
     *
     * @param toChild for each pipe, whether the child reads from it
     * @return null if they cannot be found
     */
    static @Nullable List<UnnamedPipe> open(List<Boolean> toChild) throws IOException {
        List<UnnamedPipe> opened = new ArrayList<>();
        boolean found = false;
        try {
            for (boolean direction : toChild) {
                UnnamedPipe next = new UnnamedPipe(Pipe.open(), direction);
                opened.add(next);
                next.putMark();
            }
            found = find(opened);
            return found ? opened : null;
        } finally {
            if (!found) {
                opened.forEach(UnnamedPipe::discard);
            }
        }
    }

    /** Puts so many bytes into the pipe that it can be told from others. */
    private void putMark() throws IOException {
        mark = ThreadLocalRandom.current().nextInt(1, MAX_MARK);
        put(mark);
    }

    private void put(int bytes) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(bytes);
        while (data.hasRemaining()) {
            pipe.sink().write(data);
        }
    }

    private void take(int bytes) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(bytes);
        while (data.hasRemaining()) {
            pipe.source().read(data);
        }
    }

    /**
     * Looks at all descriptors of this process. One thread at a time, across copies of this class too: what the others
     * open to look at a pipe is, for a moment, a descriptor of it as well.
     */
    private static boolean find(List<UnnamedPipe> pipes) throws IOException {
        synchronized (Pipe.class) {
            List<UnnamedPipe> missing = new ArrayList<>(pipes);
            recognise(List.copyOf(RECENT), missing);
            IOException problem = missing.isEmpty() ? null : recognise(descriptors(), missing);
            if (!missing.isEmpty() && problem != null) {
                throw problem; // such as: too many open files
            }
            return missing.isEmpty();
        }
    }

    /** Returns the numbers of all descriptors, in a growing process the latest first. */
    private static List<String> descriptors() throws IOException {
        List<String> all = new ArrayList<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(DESCRIPTORS.toPath())) {
            listed.forEach(each -> all.add(each.getFileName().toString()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.reverse(all);
        return all;
    }

    /** Returns the last failure, or null: a descriptor may be closed while it is looked at. */
    private static @Nullable IOException recognise(List<String> numbers, List<UnnamedPipe> missing) {
        IOException problem = null;
        for (String each : numbers) {
            File descriptor = new File(DESCRIPTORS, each);
            if (!missing.isEmpty() && isPipe(descriptor)) {
                try {
                    recognise(each, descriptor, missing);
                } catch (IOException e) {
                    problem = e;
                }
            }
        }
        return problem;
    }

    private static void recognise(String number, File descriptor, List<UnnamedPipe> missing) throws IOException {
        try (FileInputStream seen = new FileInputStream(descriptor)) {
            int available = seen.available();
            for (UnnamedPipe pipe : missing) {
                if (available == pipe.mark && pipe.isSeenBy(seen)) {
                    pipe.file = descriptor;
                    missing.remove(pipe);
                    remember(number);
                    return;
                }
            }
        }
    }

    /** Remembers a number: the system gives the number of a closed descriptor to the next one that is opened. */
    private static void remember(String number) {
        RECENT.remove(number);
        RECENT.addFirst(number);
        if (RECENT.size() > MAX_RECENT) {
            RECENT.removeLast();
        }
    }

    private static boolean isPipe(File descriptor) {
        try {
            return Files.readSymbolicLink(descriptor.toPath()).toString().startsWith("pipe:[");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    /** Tells whether a descriptor shows what is done to this pipe; if so, the mark is taken away. */
    private boolean isSeenBy(FileInputStream other) throws IOException {
        take(mark);
        boolean seesTaking = other.available() == 0;
        put(1);
        boolean seesPutting = other.available() == 1;
        take(1);
        if (seesTaking && seesPutting) {
            return true;
        }
        put(mark);
        return false;
    }

    @Override
    public File file() {
        if (file == null) {
            throw new IllegalStateException("a pipe that was not found must not be used");
        }
        return file;
    }

    @Override
    public Channel end() {
        return toChild ? pipe.sink() : pipe.source();
    }

    @Override
    public void started() {
        Pumps.close(toChild ? pipe.source() : pipe.sink());
    }

    @Override
    public void discard() {
        Pumps.close(pipe.sink());
        Pumps.close(pipe.source());
    }
}
