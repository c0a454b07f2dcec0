package aio.core.loop;

import aio.EventLoops;
import aio.core.foreign.PolicyCalls;
import aio.core.kernel.Kernel;
import aio.core.process.ProcessLauncher;
import aio.loop.LoopFuture;
import aio.policy.ChildWatcher;
import aio.process.ChildProcess;
import aio.process.SubprocessOptions;
import aio.process.SubprocessProtocol;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts child processes for loops, and asks the child watcher of the process-wide policy about their exits. If a
 * policy has none, as those of Windows, the shared reaper is asked. Any thread.
 */
final class ChildStarter {
    private final ProcessLauncher launcher;

    ChildStarter(ProcessLauncher launcher) {
        this.launcher = launcher;
    }

    <P extends SubprocessProtocol> LoopFuture<ChildProcess<P>> exec(
            Kernel kernel, Supplier<P> protocolFactory, List<String> command, SubprocessOptions options) {
        return launcher.start(kernel, protocolFactory, command, options, watcher());
    }

    <P extends SubprocessProtocol> LoopFuture<ChildProcess<P>> shell(
            Kernel kernel, Supplier<P> protocolFactory, String command, SubprocessOptions options) {
        return launcher.shell(kernel, protocolFactory, command, options, watcher());
    }

    private static @Nullable ChildWatcher watcher() {
        if (!hasPolicy()) {
            return null; // the loop is parked, but a child needs no driver
        }
        return PolicyCalls.watcher(EventLoops::getChildWatcher);
    }

    private static boolean hasPolicy() {
        try {
            EventLoops.getEventLoopPolicy();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
