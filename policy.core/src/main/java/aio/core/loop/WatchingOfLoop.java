package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.loop.DescriptorWatching;
import java.nio.channels.SelectableChannel;
import java.util.Objects;

/** The channels of others that a loop watches. */
interface WatchingOfLoop extends DescriptorWatching {
    Kernel kernel();

    Watches watches();

    @Override
    default void addReader(SelectableChannel channel, Runnable callback) {
        watch(channel, Objects.requireNonNull(callback, "callback"), true);
    }

    @Override
    default void addWriter(SelectableChannel channel, Runnable callback) {
        watch(channel, Objects.requireNonNull(callback, "callback"), false);
    }

    private void watch(SelectableChannel channel, Runnable callback, boolean reader) {
        kernel().channelUsed(reader ? "addReader" : "addWriter");
        watches().add(Objects.requireNonNull(channel, "channel"), callback, reader);
    }

    @Override
    default boolean removeReader(SelectableChannel channel) {
        kernel().channelUsed("removeReader");
        return watches().remove(Objects.requireNonNull(channel, "channel"), true);
    }

    @Override
    default boolean removeWriter(SelectableChannel channel) {
        kernel().channelUsed("removeWriter");
        return watches().remove(Objects.requireNonNull(channel, "channel"), false);
    }
}
