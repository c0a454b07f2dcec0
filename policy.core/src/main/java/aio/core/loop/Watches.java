package aio.core.loop;

import aio.core.foreign.Text;
import aio.core.kernel.Kernel;
import aio.core.kernel.Unsupported;
import aio.core.transport.Watched;
import aio.loop.ExceptionContext;
import aio.loop.Feature;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.WatchPort;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The watched descriptors of a loop. Loop thread. */
final class Watches {
    private final Kernel kernel;
    private final Map<SelectableChannel, Watch> watches = new IdentityHashMap<>();

    Watches(Kernel kernel) {
        this.kernel = kernel;
    }

    void add(SelectableChannel channel, Runnable callback, boolean reader) {
        kernel.checkClosed();
        checkSupported();
        checkWatchable(channel, reader);
        Watch watch = watches.get(channel);
        if (watch == null) {
            watch = new Watch(channel);
            attach(watch);
        }
        Runnable before = reader ? watch.reader : watch.writer;
        watch.set(reader, callback);
        try {
            watch.wantedChanged();
        } catch (IllegalArgumentException e) {
            watch.set(reader, before);
            dropIfUnused(watch);
            throw e;
        }
    }

    private void attach(Watch watch) {
        try {
            kernel.seat().attach(watch);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "channel " + watch.channel + " cannot be watched: " + Text.ofMessage(e), e);
        }
        watches.put(watch.channel, watch);
    }

    boolean remove(SelectableChannel channel, boolean reader) {
        if (kernel.isClosed()) {
            return false;
        }
        checkNotOwned(channel);
        Watch watch = watches.get(channel);
        if (watch == null) {
            if (!channel.isOpen()) {
                throw notWatchable(channel, "it is closed", "an open channel");
            }
            return false;
        }
        boolean present = (reader ? watch.reader : watch.writer) != null;
        watch.set(reader, null);
        if (!dropIfUnused(watch) && present) {
            watch.wantedChanged();
        }
        return present;
    }

    private boolean dropIfUnused(Watch watch) {
        if (watch.reader != null || watch.writer != null) {
            return false;
        }
        watches.remove(watch.channel);
        kernel.seat().detach(watch);
        return true;
    }

    private void checkSupported() {
        if (!kernel.loop().supports(Feature.DESCRIPTOR_WATCHING)) {
            throw Unsupported.by(kernel, Feature.DESCRIPTOR_WATCHING,
                    "use a policy whose driver watches descriptors, such as the selector");
        }
    }

    private void checkWatchable(SelectableChannel channel, boolean reader) {
        if (!channel.isOpen()) {
            throw notWatchable(channel, "it is closed", "an open channel");
        }
        if (channel.isBlocking()) {
            throw notWatchable(channel, "it is in blocking mode", "channel.configureBlocking(false) before");
        }
        checkNotOwned(channel);
    }

    private void checkNotOwned(SelectableChannel channel) {
        if (!watches.containsKey(channel) && kernel.seat().owns(channel)) {
            throw new IllegalStateException("channel " + channel
                    + " is used by a transport, server or raw operation of loop \"" + kernel.loopName()
                    + "\": it cannot be watched until that is over");
        }
    }

    private static IllegalArgumentException notWatchable(SelectableChannel channel, String seen, String expected) {
        return new IllegalArgumentException(
                "channel " + channel + " cannot be watched: " + seen + "; expected " + expected);
    }

    /** One watched descriptor. */
    private final class Watch extends Watched {
        private final SelectableChannel channel;
        private @Nullable Runnable reader;
        private @Nullable Runnable writer;

        Watch(SelectableChannel channel) {
            super(Watches.this.kernel);
            this.channel = channel;
        }

        void set(boolean asReader, @Nullable Runnable callback) {
            if (asReader) {
                reader = callback;
            } else {
                writer = callback;
            }
        }

        @Override
        protected boolean wantsReading() {
            return reader != null;
        }

        @Override
        protected boolean wantsWriting() {
            return writer != null;
        }

        void wantedChanged() {
            applyInterest();
        }

        @Override
        public void readable() {
            call(reader);
        }

        @Override
        public void writable() {
            call(writer);
        }

        private void call(@Nullable Runnable callback) {
            if (callback != null) {
                kernel.calls().call(callback);
            }
        }

        @Override
        public Kind kind() {
            return Kind.WATCH;
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public boolean ownsChannel() {
            return false;
        }

        @Override
        public Object user() {
            return reader != null ? reader : writer != null ? writer : this;
        }

        @Override
        public void end(@Nullable Throwable cause) {
            reader = null;
            writer = null;
            dropIfUnused(this);
        }

        @Override
        protected DriverFeature needs() {
            return DriverFeature.DESCRIPTOR_WATCHING;
        }

        @Override
        protected WatchPort serve(IoDriver driver) throws IOException {
            return driver.watch(channel, this);
        }

        @Override
        public String toString() {
            return "<" + (reader == null ? "" : "reader ") + (writer == null ? "" : "writer ") + "of " + channel + ">";
        }

        @Override
        protected void lost(Throwable cause) {
            watches.remove(channel);
            if (channel.isOpen()) {
                kernel.report(ExceptionContext.of("a watched channel of loop \"" + kernel.loopName()
                        + "\" is watched no more", cause).with("channel", channel));
            }
        }
    }
}
