package aio.testkit;

import java.io.IOException;

/**
 * A connection of a {@link VirtualNetwork}, as seen by what can happen to it on the way.
 *
 * <p>Thread safety: as the network.
 */
public final class VirtualLink {
    private final VirtualTransport client;
    private final VirtualTransport server;
    private final VirtualStream toServer;
    private final VirtualStream toClient;
    private boolean cut;

    VirtualLink(VirtualNetwork network, VirtualTransport client, VirtualTransport server) {
        this.client = client;
        this.server = server;
        toServer = new VirtualStream(network, this, client, server);
        toClient = new VirtualStream(network, this, server, client);
    }

    VirtualStream toClient() {
        return toClient;
    }

    /** Lets nothing arrive any more, and tells nobody: as a cable that is pulled, or a host that has lost its power. */
    public void cut() {
        cut = true;
    }

    /** Ends a {@link #cut}: what was sent meanwhile arrives, in order. */
    public void mend() {
        cut = false;
        toServer.mended();
        toClient.mended();
    }

    /** Tells whether nothing arrives. */
    public boolean isCut() {
        return cut;
    }

    /** Breaks the connection: both ends lose it with an {@link IOException}, and what was on its way is lost. */
    public void reset() {
        client.loseSoon(new IOException("Connection reset by peer"));
        server.loseSoon(new IOException("Connection reset by peer"));
    }

    /**
     * Slows both directions down. What is on its way arrives as before.
     *
     * @param bytesPerSecond how many bytes pass in a second, in each direction
     * @throws IllegalArgumentException if it is less than 1
     */
    public void slow(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException(bytesPerSecond + " bytes per second, expected 1 or more");
        }
        toServer.slow(bytesPerSecond);
        toClient.slow(bytesPerSecond);
    }

    /** Tells whether both ends have lost it. */
    public boolean isOver() {
        return client.isOver() && server.isOver();
    }

    /** Returns the names of its ends. */
    @Override
    public String toString() {
        return client + (cut ? " (cut)" : "");
    }
}
