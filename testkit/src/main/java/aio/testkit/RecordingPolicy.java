package aio.testkit;

import aio.loop.EventLoop;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.ChildWatcher;
import aio.policy.LoopFactory;
import aio.spi.IoDriverFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps the calls of asyncio's five methods, in order, as {@code method} or {@code method(loop name)}. Any thread. */
class RecordingPolicy extends AbstractEventLoopPolicy {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    RecordingPolicy(IoDriverFactory driver) {
        super(LoopFactory.ofClassPath(), driver);
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public EventLoop getEventLoop() {
        calls.add("getEventLoop");
        return super.getEventLoop();
    }

    @Override
    public void setEventLoop(@Nullable EventLoop loop) {
        calls.add("setEventLoop(" + (loop == null ? "null" : loop.name()) + ")");
        super.setEventLoop(loop);
    }

    @Override
    public EventLoop newEventLoop() {
        calls.add("newEventLoop");
        return super.newEventLoop();
    }

    @Override
    public ChildWatcher getChildWatcher() {
        calls.add("getChildWatcher");
        return super.getChildWatcher();
    }

    @Override
    public void setChildWatcher(@Nullable ChildWatcher watcher) {
        calls.add("setChildWatcher");
        super.setChildWatcher(watcher);
    }
}
