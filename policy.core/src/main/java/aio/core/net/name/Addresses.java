package aio.core.net.name;

import aio.core.foreign.Text;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses of channels, and literal addresses. Any thread. */
public final class Addresses {
    private Addresses() {}

    public static @Nullable SocketAddress peerOf(SocketChannel channel) {
        try {
            return channel.getRemoteAddress();
        } catch (IOException e) {
            return null; // the peer has left already: reading will find out
        }
    }

    public static @Nullable SocketAddress localOf(SocketChannel channel) {
        try {
            return channel.getLocalAddress();
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns the address that a text stands for, or null if the text is a name. */
    public static @Nullable InetAddress literal(String host) {
        boolean literal = host.indexOf(':') >= 0
                || !host.isEmpty() && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        if (!literal) {
            return null;
        }
        try {
            return InetAddress.getByName(host); // looks nothing up: host is not a name
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /**
     * Returns the wildcard address of each family that this system has, as asyncio's {@code getaddrinfo}.
     */
    public static List<InetAddress> anyLocal() {
        return AnyLocal.ALL;
    }

    /** Returns the wildcard address of a family; null stands for sockets of both. */
    public static InetAddress anyLocal(@Nullable ProtocolFamily family) {
        return family == StandardProtocolFamily.INET6 ? AnyLocal.SIX : AnyLocal.FOUR;
    }

    public static StandardProtocolFamily familyOf(InetAddress address) {
        return address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    /** Both wildcard addresses, made when one is needed. */
    private static final class AnyLocal {
        private static final InetAddress FOUR = of(4);
        private static final InetAddress SIX = of(16);
        private static final List<InetAddress> ALL = hasIpv6() ? List.of(FOUR, SIX) : List.of(FOUR);

        private static InetAddress of(int bytes) {
            try {
                return InetAddress.getByAddress(new byte[bytes]);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("an address has 4 or 16 bytes", e);
            }
        }

        private static boolean hasIpv6() {
            try {
                ServerSocketChannel.open(StandardProtocolFamily.INET6).close();
                return true;
            } catch (UnsupportedOperationException | IOException e) {
                return false;
            }
        }
    }

    /** Returns the readable form of an address. */
    public static String text(SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            String host = inet.getAddress().getHostAddress();
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + inet.getPort();
        }
        return Text.of(address);
    }

    /** Returns a failure that names the address. */
    public static IOException connectFailed(SocketAddress address, Exception cause) {
        String text = "Connect call failed " + text(address) + ": " + Text.ofMessage(cause);
        IOException failure = cause instanceof ConnectException
                ? new ConnectException(text) : new SocketException(text);
        failure.initCause(cause);
        return failure;
    }
}
