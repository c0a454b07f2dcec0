package aio.core.loop;

import aio.core.net.FileNetwork;
import aio.core.net.RawNetwork;
import aio.loop.FileSending;
import aio.loop.LoopFuture;
import aio.loop.SendfileOptions;
import aio.transport.StreamTransport;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** The part of a loop that sends files. Any thread. */
interface FilesOfLoop extends FileSending {

    /** Returns who sends over transports. */
    FileNetwork files();

    /** Returns who sends over sockets of users. */
    RawNetwork rawSockets();

    @Override
    default LoopFuture<Long> sendfile(StreamTransport transport, FileChannel file, SendfileOptions options) {
        return files().send(transport, file, options);
    }

    @Override
    default LoopFuture<Long> sockSendfile(SocketChannel channel, FileChannel file, SendfileOptions options) {
        return rawSockets().sendfile(channel, file, options);
    }
}
