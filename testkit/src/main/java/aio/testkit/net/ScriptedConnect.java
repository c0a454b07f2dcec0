package aio.testkit.net;

import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** A connect in the hands of a {@link ScriptedDriver}. */
public final class ScriptedConnect implements ConnectPort {
    private final ScriptedDriver driver;
    private final SocketChannel channel;
    private final ConnectEvents events;
    private boolean released;

    ScriptedConnect(ScriptedDriver driver, SocketChannel channel, ConnectEvents events) {
        this.driver = driver;
        this.channel = channel;
        this.events = events;
    }

    /** Returns the channel that the loop owns. */
    public SocketChannel channel() {
        return channel;
    }

    /** Lets the connect succeed; the kernel must have connected the channel by then. */
    public void finish() {
        driver.post(() -> {
            if (isReleased()) {
                return;
            }
            try {
                if (!channel.finishConnect()) {
                    events.failed(new IOException("the test let a connect succeed that the kernel still works on"));
                    return;
                }
            } catch (IOException e) {
                events.failed(e);
                return;
            }
            events.connected();
        });
    }

    /** Lets the connect fail. */
    public void fail(IOException cause) {
        driver.post(() -> {
            if (!isReleased()) {
                events.failed(cause);
            }
        });
    }

    /** Tells whether the loop has taken the channel back. */
    public synchronized boolean isReleased() {
        return released;
    }

    @Override
    public synchronized void release() {
        released = true;
    }
}
