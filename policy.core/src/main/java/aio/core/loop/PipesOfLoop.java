package aio.core.loop;

import aio.core.net.PipeNetwork;
import aio.loop.LoopFuture;
import aio.loop.Pipes;
import aio.protocol.ReadPipeProtocol;
import aio.protocol.WritePipeProtocol;
import aio.transport.ReadPipe;
import aio.transport.WritePipe;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.function.Supplier;

/** The pipes of a loop. */
interface PipesOfLoop extends Pipes {

    /** Returns who does the work. */
    PipeNetwork pipes();

    @Override
    default <P extends ReadPipeProtocol> LoopFuture<ReadPipe<P>> connectReadPipe(
            Supplier<P> protocolFactory, ReadableByteChannel pipe) {
        return pipes().read(protocolFactory, pipe);
    }

    @Override
    default <P extends ReadPipeProtocol> LoopFuture<ReadPipe<P>> connectReadPipe(
            Supplier<P> protocolFactory, InputStream stream) {
        return pipes().read(protocolFactory, stream);
    }

    @Override
    default <P extends WritePipeProtocol> LoopFuture<WritePipe<P>> connectWritePipe(
            Supplier<P> protocolFactory, WritableByteChannel pipe) {
        return pipes().write(protocolFactory, pipe);
    }

    @Override
    default <P extends WritePipeProtocol> LoopFuture<WritePipe<P>> connectWritePipe(
            Supplier<P> protocolFactory, OutputStream stream) {
        return pipes().write(protocolFactory, stream);
    }
}
