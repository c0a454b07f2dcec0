package aio.core.process;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A child that was started, and the core's ends of its pipes; null where there is no pipe.
 */
record Child(
        Process process,
        @Nullable WritableByteChannel stdin,
        @Nullable ReadableByteChannel stdout,
        @Nullable ReadableByteChannel stderr) {

    /** Makes a channel of the JDK's pipe to a child; it passes each write on at once. */
    static WritableByteChannel writer(Process process) {
        return Channels.newChannel(new FilterOutputStream(process.getOutputStream()) {
            @Override
            public void write(byte[] data, int offset, int length) throws IOException {
                OutputStream to = out;
                to.write(data, offset, length);
                to.flush();
            }
        });
    }

    /** Tells whether a thread may close a channel in which another thread is blocked. */
    static boolean canBeClosedAnywhere(Channel channel) {
        return channel instanceof FileChannel || channel instanceof SelectableChannel;
    }
}
