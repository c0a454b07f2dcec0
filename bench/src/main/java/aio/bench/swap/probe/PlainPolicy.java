package aio.bench.swap.probe;

import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import org.jspecify.annotations.Nullable;

/** A policy that brings no driver, so that its arrival costs what the registry costs and nothing else. */
final class PlainPolicy implements EventLoopPolicy {
    @Override
    public EventLoop getEventLoop() {
        throw new UnsupportedOperationException("this policy is there to be counted: it makes no loops");
    }

    @Override
    public void setEventLoop(@Nullable EventLoop loop) {
        throw new UnsupportedOperationException("this policy is there to be counted: it has no loops");
    }

    @Override
    public EventLoop newEventLoop() {
        return getEventLoop();
    }
}
