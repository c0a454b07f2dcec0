package aio.loop;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Handling the signals that the process gets.
 *
 * <p>Each loop has one handler for a signal, the last one set. If several loops of the process handle a signal, each of
 * them is called. What was there before the first handler (for {@code INT} and {@code TERM} the shutdown of the JVM) is
 * back when the last one is removed. Handlers end with their loop; on a managed loop also with the bundle of the
 * callback.
 *
 * <p>Differs from asyncio: any thread may set a handler, not only the main one; a signal has a name, see
 * {@link Signal}; and setting a handler answers its handle.
 *
 * <p>Thread safety: any thread. All methods throw {@link UnsupportedOperationException} where the JVM gives no access
 * to signals (package {@code sun.misc} of module {@code jdk.unsupported}), see {@link Feature#SIGNALS}.
 */
@ProviderType
public interface Signals {

    /**
     * Calls {@code callback} on the loop, as any other callback, whenever the process gets the signal; as
     * {@code add_signal_handler}. A handler whose handle was cancelled is removed when its signal comes.
     *
     * @throws IllegalArgumentException if the system has no such signal
     * @throws IllegalStateException if the signal cannot be caught, as {@code KILL} and {@code STOP}, or belongs to the
     *     JVM,
     *     as {@code QUIT}, {@code SEGV} and {@code FPE}
     * @throws LoopClosedException if the loop is closed
     */
    Handle addSignalHandler(Signal signal, Runnable callback);

    /** Removes the handler of this loop, as {@code remove_signal_handler}; answers false if there was none. */
    boolean removeSignalHandler(Signal signal);
}
