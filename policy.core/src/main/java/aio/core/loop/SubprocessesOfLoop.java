package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.loop.LoopFuture;
import aio.loop.Subprocesses;
import aio.process.Subprocess;
import aio.process.SubprocessOptions;
import aio.process.SubprocessProtocol;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** The child processes of a loop. */
interface SubprocessesOfLoop extends Subprocesses {
    Kernel kernel();

    Processes processes();

    @Override
    default <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessExec(
            Supplier<P> protocolFactory, List<String> command, SubprocessOptions options) {
        kernel().checkClosed();
        return processes().exec(kernel(), protocolFactory, command, Objects.requireNonNull(options, "options"));
    }

    @Override
    default <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessShell(
            Supplier<P> protocolFactory, String command, SubprocessOptions options) {
        kernel().checkClosed();
        return processes().shell(kernel(), protocolFactory, command, Objects.requireNonNull(options, "options"));
    }
}
