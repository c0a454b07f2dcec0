package aio.testkit.net;

import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A listening socket in the hands of a {@link ScriptedDriver}. */
public final class ScriptedListener implements ListenerPort {
    private final ScriptedDriver driver;
    private final ServerSocketChannel channel;
    private final ListenerEvents events;
    private @Nullable SocketChannel ahead;
    private boolean accepting;
    private boolean released;

    ScriptedListener(ScriptedDriver driver, ServerSocketChannel channel, ListenerEvents events) {
        this.driver = driver;
        this.channel = channel;
        this.events = events;
    }

    /** Returns the channel that the loop owns. */
    public ServerSocketChannel channel() {
        return channel;
    }

    /** Lets a connection be accepted. */
    public void accept(SocketChannel connection) {
        driver.post(() -> {
            if (!isReleased()) {
                events.accepted(connection);
            }
        });
    }

    /** Lets a connection be accepted and not delivered: the release hands it back. */
    public synchronized void acceptAhead(SocketChannel connection) {
        ahead = connection;
    }

    /** Lets accepting fail. */
    public void fail(IOException cause) {
        driver.post(() -> {
            if (!isReleased()) {
                events.failed(cause);
            }
        });
    }

    /** Tells whether the loop wants connections. */
    public synchronized boolean isAccepting() {
        return accepting && !released;
    }

    /** Tells whether the loop has taken the channel back. */
    public synchronized boolean isReleased() {
        return released;
    }

    @Override
    public synchronized void resumeAccepting() {
        accepting = true;
    }

    @Override
    public synchronized void pauseAccepting() {
        accepting = false;
    }

    @Override
    public synchronized void release() {
        SocketChannel undelivered = ahead;
        ahead = null;
        released = true;
        if (undelivered != null) {
            events.accepted(undelivered);
        }
    }
}
