package aio.core.thread;

import java.util.concurrent.Executor;

/**
 * The threads of one core for its own work that takes long: handshakes, name look-ups (also by resolvers of users),
 * files. Users have executors of their own, and cannot fill these. Each kind has a bounded pool, so that names without
 * a reply hold up no handshake. Idle threads end, all end with the core. Any thread.
 */
public final class CoreWorkers implements AutoCloseable {
    /** As many as asyncio's default executor has at most: look-ups wait for servers, not for processors. */
    private static final int MAX_THREADS = 32;

    private static final int HANDSHAKES_AT_ONCE = Runtime.getRuntime().availableProcessors();
    private static final int HANDSHAKE_THREADS = Math.max(MAX_THREADS, 2 * HANDSHAKES_AT_ONCE);
    private static final long IDLE_NANOS = 5_000_000_000L;

    private final CorePool handshakes = new CorePool("aio-tls", HANDSHAKES_AT_ONCE, HANDSHAKE_THREADS);
    private final CoreExecutor names = new CoreExecutor("aio-names", MAX_THREADS, IDLE_NANOS);
    private final CoreExecutor resolvers = new CoreExecutor("aio-resolvers", MAX_THREADS, IDLE_NANOS);
    private final CoreExecutor files = new CoreExecutor("aio-files", MAX_THREADS, IDLE_NANOS);

    /** Returns the threads that do the arithmetic of TLS handshakes. */
    public CorePool handshakes() {
        return handshakes;
    }

    /** Returns the threads that ask the system for names. */
    public Executor names() {
        return names;
    }

    /** Returns the threads on which resolvers of users look names up: those that block hold up each other alone. */
    public Executor resolvers() {
        return resolvers;
    }

    /** Returns the threads that read files. */
    public Executor files() {
        return files;
    }

    /**
     * Accepts no more work, forgets what has not begun, and lets the threads end when their work returns. Only
     * handshakes are interrupted: an interrupt would close the file that is being read. Idempotent.
     */
    @Override
    public void close() {
        handshakes.close();
        names.shutdownNow();
        resolvers.shutdownNow();
        files.shutdownNow();
    }
}
