package aio.core.process;

import aio.core.foreign.CoreLog;
import aio.core.kernel.Shortage;
import aio.core.thread.CoreThreads;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Named pipes of Unix in a folder that only this user can enter. They are made several at a time, since making them
 * costs a process; each is used once, and loses its name when its child has started. Any thread.
 */
final class NamedPipes implements AutoCloseable {
    private static final CoreLog LOG = CoreLog.LOOP;

    /** Enough for eight children: making so many costs little more than making one. */
    private static final int BATCH = 24;

    private final Deque<Path> spare = new ArrayDeque<>();
    private @Nullable Path folder;
    private @Nullable Thread atExit; // on a class path no code closes the core
    private long made;
    private boolean warned;
    private boolean closed;

    /** Returns the name of a fresh pipe, which the caller deletes; null if this system has none. */
    synchronized @Nullable Path take() throws InterruptedException {
        if (ExitStatus.WINDOWS || closed) {
            return null;
        }
        Path pipe = spare.poll();
        if (pipe != null && Files.exists(pipe)) {
            return pipe;
        }
        spare.clear(); // the temporary folder was cleaned
        try {
            make();
        } catch (IOException e) {
            if (!warned) {
                warned = true;
                LOG.log(Level.WARNING,
                        "no named pipe could be made, so what a grandchild writes after its parent has ended"
                                + " is lost: is there a program mkfifo, and room in "
                                + System.getProperty("java.io.tmpdir") + "?", e);
            }
        }
        return spare.poll();
    }

    private void deleteAtExit(Path fresh) throws IOException {
        Thread hook = CoreThreads.newThread("aio-pipes-end", this::deleteAll);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            atExit = hook;
        } catch (IllegalStateException e) {
            folder = null;
            Files.delete(fresh);
            throw new IOException("no pipe can be made for a child: the JVM ends", e);
        }
    }

    private void make() throws IOException, InterruptedException {
        if (folder == null || !Files.isDirectory(folder)) {
            folder = Files.createTempDirectory("aio-pipes-" + ProcessHandle.current().pid() + "-"); // of mode 700
            if (atExit == null) {
                deleteAtExit(folder);
            }
        }
        List<Path> names = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
        for (int i = 0; i < BATCH; i++) {
            Path name = folder.resolve(Long.toString(made++));
            names.add(name);
            command.add(name.toString());
        }
        Shortage.checkChild(Spawning.PIPES_OF_A_START);
        int code = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            delete(names);
            throw new IOException("mkfifo in \"" + folder + "\" ended with return code " + code);
        }
        spare.addAll(names);
    }

    private static void delete(Iterable<Path> paths) {
        for (Path path : paths) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "a named pipe is left behind: " + path, e);
            }
        }
    }

    /** Deletes what is left. Idempotent. */
    @Override
    public void close() {
        deleteAll();
        Thread hook;
        synchronized (this) {
            hook = atExit;
            atExit = null;
        }
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the JVM ends, and the hook with it
            }
        }
    }

    private synchronized void deleteAll() {
        closed = true;
        delete(spare);
        spare.clear();
        if (folder != null) {
            delete(List.of(folder));
            folder = null;
        }
    }
}
