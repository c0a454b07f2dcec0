package aio.core.net;

import aio.core.net.name.Addresses;
import aio.loop.ServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Opens and binds the sockets of a server: all of them, or none. Any thread. */
final class ListeningSockets {
    private ListeningSockets() {}

    /** Binds one socket to each address; skips addresses that this machine does not have, as long as one is left. */
    static List<ServerSocketChannel> bind(Set<InetSocketAddress> addresses, ServerOptions options) throws IOException {
        List<ServerSocketChannel> bound = new ArrayList<>();
        IOException notAvailable = null;
        try {
            for (InetSocketAddress address : withoutCovered(addresses)) {
                if (isForeign(address.getAddress())) {
                    notAvailable = new BindException("cannot listen on " + Addresses.text(address)
                            + ": no network interface of this machine has that address");
                } else {
                    bound.add(bind(address, options));
                }
            }
        } catch (IOException | RuntimeException e) {
            bound.forEach(Channels::closeQuietly);
            throw e;
        }
        if (bound.isEmpty()) {
            throw notAvailable != null ? notAvailable : new BindException("no address to listen on");
        }
        return bound;
    }

    /**
     * Leaves IPv4's wildcard out where IPv6's is asked for too. asyncio binds a socket to each; here the system refuses
     * the second, since the JDK's IPv6 sockets take both families and no option changes that.
     */
    private static List<InetSocketAddress> withoutCovered(Set<InetSocketAddress> addresses) {
        List<InetSocketAddress> distinct = new ArrayList<>(addresses);
        InetAddress six = Addresses.anyLocal(StandardProtocolFamily.INET6);
        InetAddress four = Addresses.anyLocal(StandardProtocolFamily.INET);
        if (distinct.stream().anyMatch(each -> each.getAddress().equals(six))) {
            distinct.removeIf(each -> each.getAddress().equals(four));
        }
        return distinct;
    }

    private static boolean isForeign(InetAddress address) throws IOException {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && NetworkInterface.getByInetAddress(address) == null;
    }

    private static ServerSocketChannel bind(InetSocketAddress address, ServerOptions options) throws IOException {
        ServerSocketChannel channel = open(address);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, options.reuseAddress());
            if (options.reusePort()) {
                if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                    throw new IllegalArgumentException("reusePort is not supported by this system");
                }
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(address, options.backlog());
            return channel;
        } catch (IOException e) {
            Channels.closeQuietly(channel);
            BindException failure = new BindException("cannot listen on " + Addresses.text(address) + ": "
                    + e.getMessage() + "; use another port, or stop what listens there");
            failure.initCause(e);
            throw failure;
        } catch (RuntimeException e) {
            Channels.closeQuietly(channel);
            throw e;
        }
    }

    /** Opens a socket of the family of an address: without a family it would take both where IPv4 was asked for. */
    private static ServerSocketChannel open(InetSocketAddress address) throws IOException {
        StandardProtocolFamily family = Addresses.familyOf(address.getAddress());
        try {
            return ServerSocketChannel.open(family);
        } catch (UnsupportedOperationException e) {
            BindException failure = new BindException("cannot listen on " + Addresses.text(address)
                    + ": this system has no sockets of family " + family);
            failure.initCause(e);
            throw failure;
        }
    }
}
