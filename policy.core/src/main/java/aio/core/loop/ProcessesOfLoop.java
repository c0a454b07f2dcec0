package aio.core.loop;

import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.net.pipe.PipeNetwork;
import aio.core.process.CommunicatingChild;
import aio.core.signal.SignalTable;
import aio.loop.Handle;
import aio.loop.LoopFuture;
import aio.loop.Processes;
import aio.loop.Subprocess;
import aio.process.ChildProcess;
import aio.process.ProcessSignal;
import aio.process.SubprocessOptions;
import aio.process.SubprocessProtocol;
import aio.transport.ReadPipe;
import aio.transport.ReadPipeProtocol;
import aio.transport.WritePipe;
import aio.transport.WritePipeProtocol;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** The child processes, pipes and signal handlers of a loop. */
interface ProcessesOfLoop extends Processes {
    Kernel kernel();

    ChildStarter children();

    private <T> T noted(T factory) {
        return kernel().calls().noted(factory);
    }

    /** Returns the implementation for pipes. */
    PipeNetwork pipes();

    SignalTable signals();

    @Override
    default <P extends SubprocessProtocol> LoopFuture<ChildProcess<P>> subprocessExec(
            Supplier<P> protocolFactory, List<String> command, SubprocessOptions options) {
        kernel().checkClosed();
        return children().exec(kernel(), noted(protocolFactory), command, Objects.requireNonNull(options, "options"));
    }

    @Override
    default <P extends SubprocessProtocol> LoopFuture<ChildProcess<P>> subprocessShell(
            Supplier<P> protocolFactory, String command, SubprocessOptions options) {
        kernel().checkClosed();
        return children().shell(kernel(), noted(protocolFactory), command, Objects.requireNonNull(options, "options"));
    }

    @Override
    default LoopFuture<Subprocess> createSubprocessExec(List<String> command, SubprocessOptions options) {
        return communicating(factory -> subprocessExec(factory, command, options));
    }

    @Override
    default LoopFuture<Subprocess> createSubprocessShell(String command, SubprocessOptions options) {
        return communicating(factory -> subprocessShell(factory, command, options));
    }

    private LoopFuture<Subprocess> communicating(
            Function<Supplier<CommunicatingChild>, LoopFuture<ChildProcess<CommunicatingChild>>> start) {
        LoopFuture<ChildProcess<CommunicatingChild>> started = start.apply(() -> new CommunicatingChild(kernel()));
        CoreFuture<Subprocess> result = new CoreFuture<>(kernel());
        started.addDoneCallback(done -> {
            if (done.isCancelled()) {
                result.cancel();
            } else if (done.exception() != null) {
                result.fail(done.exception());
            } else {
                CommunicatingChild child = Objects.requireNonNull(done.result()).protocol();
                if (!result.complete(child)) {
                    child.transport().close(); // cancelled meanwhile: no user gets it
                }
            }
        });
        result.addDoneCallback(done -> started.cancel()); // no effect if it was started
        return result;
    }

    @Override
    default <P extends ReadPipeProtocol> LoopFuture<ReadPipe<P>> connectReadPipe(
            Supplier<P> protocolFactory, ReadableByteChannel pipe) {
        return pipes().read(noted(protocolFactory), pipe);
    }

    @Override
    default <P extends ReadPipeProtocol> LoopFuture<ReadPipe<P>> connectReadPipe(
            Supplier<P> protocolFactory, InputStream stream) {
        return pipes().read(noted(protocolFactory), stream);
    }

    @Override
    default <P extends WritePipeProtocol> LoopFuture<WritePipe<P>> connectWritePipe(
            Supplier<P> protocolFactory, WritableByteChannel pipe) {
        return pipes().write(noted(protocolFactory), pipe);
    }

    @Override
    default <P extends WritePipeProtocol> LoopFuture<WritePipe<P>> connectWritePipe(
            Supplier<P> protocolFactory, OutputStream stream) {
        return pipes().write(noted(protocolFactory), stream);
    }

    @Override
    default Handle addSignalHandler(ProcessSignal signal, Runnable callback) {
        Objects.requireNonNull(signal, "signal");
        return signals().add(kernel(), signal, Objects.requireNonNull(callback, "callback"));
    }

    @Override
    default boolean removeSignalHandler(ProcessSignal signal) {
        return signals().remove(kernel(), Objects.requireNonNull(signal, "signal"));
    }
}
