package aio.process.watcher;

import aio.link.RunningLoop;
import aio.loop.EventLoop;
import aio.policy.ChildWatcher;

/** Finds the loop of a thread that registers a process. Stateless. */
final class RunningLoops {
    private RunningLoops() {}

    static EventLoop require(ChildWatcher watcher, long pid) {
        EventLoop loop = RunningLoop.get();
        if (loop == null) {
            throw new IllegalStateException("no running event loop in thread \"" + Thread.currentThread().getName()
                    + "\", on which " + watcher + " could report process " + pid
                    + ": register it in a callback of a loop");
        }
        return loop;
    }
}
