package aio.loop;

import java.nio.channels.SelectableChannel;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Watching descriptors for readiness, level-triggered: as long as there is something to read, the reader is called once
 * in every turn. A descriptor is a non-blocking {@link SelectableChannel}. There is one reader and one writer for each.
 *
 * <p>All methods throw {@link IllegalStateException} for a channel that an open transport or server owns, and
 * {@link IllegalArgumentException} for one that cannot be watched (closed, blocking, or of a kind without that
 * readiness).
 *
 * <p>Thread safety: the thread of the loop. Asyncio: {@code add_reader} and its siblings.
 */
@ProviderType
public interface DescriptorWatching {

    /**
     * Calls {@code callback} whenever the channel can be read; replaces an earlier reader.
     *
     * @throws UnsupportedOperationException if the driver does not watch descriptors, see {@link EventLoop#supports}
     * @throws LoopClosedException if the loop is closed
     */
    void addReader(SelectableChannel channel, Runnable callback);

    /** Removes the reader; answers whether there was one. */
    boolean removeReader(SelectableChannel channel);

    /**
     * Calls {@code callback} whenever the channel can be written; replaces an earlier writer.
     *
     * @throws UnsupportedOperationException if the driver does not watch descriptors, see {@link EventLoop#supports}
     * @throws LoopClosedException if the loop is closed
     */
    void addWriter(SelectableChannel channel, Runnable callback);

    /** Removes the writer; answers whether there was one. */
    boolean removeWriter(SelectableChannel channel);
}
