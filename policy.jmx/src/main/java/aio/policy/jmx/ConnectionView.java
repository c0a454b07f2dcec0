package aio.policy.jmx;

import aio.loop.ConnectionInfo;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/** A stream connection, as JMX shows it. */
public final class ConnectionView {
    private final ConnectionInfo info;

    ConnectionView(ConnectionInfo info) {
        this.info = info;
    }

    /** Returns an address by its numbers, without a name; the path of a Unix-domain socket. */
    private static String text(Optional<SocketAddress> address) {
        return address.map(each -> each instanceof InetSocketAddress inet && !inet.isUnresolved()
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort() : each.toString()).orElse("");
    }

    /** Returns the number that names it. */
    public long getId() {
        return info.id();
    }

    /** Returns the address of the peer; empty if it is gone. */
    public String getPeer() {
        return text(info.peer());
    }

    /** Returns the address on this side; empty if it could not be asked for. */
    public String getLocal() {
        return text(info.local());
    }

    /** Returns how many bytes were received. */
    public long getBytesReceived() {
        return info.bytesReceived();
    }

    /** Returns how many bytes were given to be sent. */
    public long getBytesSent() {
        return info.bytesSent();
    }

    /** Returns how many bytes wait to be sent. */
    public long getBytesQueued() {
        return info.bytesQueued();
    }

    /** Returns how long ago it was made. */
    public double getAgeSeconds() {
        return StatisticsView.seconds(info.age());
    }

    /** Returns where it is in its life. */
    public String getState() {
        return info.state().toString();
    }

    /** Returns the class of the user's protocol. */
    public String getProtocol() {
        return info.protocol();
    }

    /** Returns the bundle of the protocol; empty if it is from none. */
    public String getBundle() {
        return info.bundle().map(Object::toString).orElse("");
    }
}
