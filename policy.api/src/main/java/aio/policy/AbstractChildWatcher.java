package aio.policy;

import aio.loop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The skeleton of a child watcher, as {@code asyncio.AbstractChildWatcher}: every method, {@link #enter} included,
 * throws {@link UnsupportedOperationException} until it is overridden.
 *
 * <p>Thread safety: none of its own; a watcher must be usable from any thread.
 */
public abstract class AbstractChildWatcher implements ChildWatcher {

    /** Makes one. */
    protected AbstractChildWatcher() {}

    @Override
    public void addChildHandler(long pid, ExitCallback callback) {
        throw notImplemented("addChildHandler");
    }

    @Override
    public boolean removeChildHandler(long pid) {
        throw notImplemented("removeChildHandler");
    }

    @Override
    public void attachLoop(@Nullable EventLoop loop) {
        throw notImplemented("attachLoop");
    }

    @Override
    public boolean isActive() {
        throw notImplemented("isActive");
    }

    @Override
    public Scope enter() {
        throw notImplemented("enter");
    }

    @Override
    public void close() {
        throw notImplemented("close");
    }

    private UnsupportedOperationException notImplemented(String method) {
        return new UnsupportedOperationException(method + " of child watcher " + getClass().getName()
                + " is not implemented: override it");
    }
}
