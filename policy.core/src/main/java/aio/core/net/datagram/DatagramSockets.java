package aio.core.net.datagram;

import aio.core.net.Channels;
import aio.core.net.name.Addresses;
import aio.loop.DatagramOptions;
import aio.loop.NameResolver;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens the socket of a datagram endpoint. Any thread. */
final class DatagramSockets {
    private final DatagramOptions options;
    private final NameResolver resolver;

    DatagramSockets(DatagramOptions options, NameResolver resolver) {
        this.options = options;
        this.resolver = resolver;
    }

    /**
     * One side of the endpoint.
     *
     * @param addresses the addresses of the host; empty for all interfaces
     */
    record Side(List<InetAddress> addresses, InetSocketAddress given) {

        Set<StandardProtocolFamily> families() {
            Set<StandardProtocolFamily> families = new LinkedHashSet<>();
            addresses.forEach(address -> families.add(Addresses.familyOf(address)));
            return families;
        }

        InetSocketAddress of(@Nullable StandardProtocolFamily family) {
            for (InetAddress address : addresses) {
                if (Addresses.familyOf(address) == family) {
                    return new InetSocketAddress(address, given.getPort());
                }
            }
            return new InetSocketAddress(Addresses.anyLocal(family), given.getPort());
        }
    }

    /** Both sides of the endpoint; null where nothing was given. */
    record Sides(@Nullable Side local, @Nullable Side remote) {}

    /**
     * The socket.
     *
     * @param remote the only address to send to; null for any
     */
    record Opened(DatagramChannel channel, @Nullable SocketAddress remote) {}

    /** Throws if the options contradict each other. */
    void check() {
        boolean addressed = options.localAddress() != null || options.remoteAddress() != null;
        if (options.channel() != null
                && (addressed || options.family() != null || options.reusePort() || options.allowBroadcast())) {
            throw new IllegalArgumentException("an open channel and addresses, a family, reusePort or allowBroadcast"
                    + " contradict each other: bind, connect and configure the channel itself");
        }
        if (options.family() == StandardProtocolFamily.UNIX) {
            throw new IllegalArgumentException("unexpected address family UNIX: the JVM has no Unix datagram sockets,"
                    + " expected INET or INET6");
        }
    }

    /** Tells whether opening has to look up a name, which blocks. */
    boolean looksUp() {
        return isName(options.localAddress()) || isName(options.remoteAddress());
    }

    private static boolean isName(@Nullable InetSocketAddress address) {
        return address != null && address.isUnresolved() && !address.getHostString().isEmpty()
                && Addresses.literal(address.getHostString()) == null;
    }

    /** Finds the addresses of both sides, which blocks if one {@link #looksUp}. */
    Sides resolved() throws IOException {
        return new Sides(resolved(options.localAddress()), resolved(options.remoteAddress()));
    }

    /** Opens, configures, binds and connects the socket, in the first family in which all of that works. */
    Opened open(Sides sides) throws IOException {
        DatagramChannel given = options.channel();
        if (given != null) {
            given.configureBlocking(false);
            return new Opened(given, given.getRemoteAddress());
        }
        Side local = sides.local();
        Side remote = sides.remote();
        List<IOException> failures = new ArrayList<>();
        for (StandardProtocolFamily family : families(local, remote)) {
            try {
                return open(family, local, remote);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (failures.isEmpty()) {
            return open(null, local, remote); // no family is asked for: both, where the system has both
        }
        IOException first = failures.remove(0);
        failures.forEach(first::addSuppressed);
        throw first;
    }

    private @Nullable Side resolved(@Nullable InetSocketAddress given) throws IOException {
        if (given == null) {
            return null;
        }
        String host = given.getHostString();
        if (given.isUnresolved() && host.isEmpty()) {
            return new Side(List.of(), given);
        }
        InetAddress known = given.isUnresolved() ? Addresses.literal(host) : given.getAddress();
        List<InetAddress> addresses = known != null ? List.of(known) : resolver.resolve(host);
        StandardProtocolFamily only = options.family();
        List<InetAddress> fitting =
                addresses.stream().filter(each -> only == null || Addresses.familyOf(each) == only).toList();
        if (fitting.isEmpty()) {
            throw new UnknownHostException("host \"" + host + "\" has no address of family " + only + ", only "
                    + addresses);
        }
        return new Side(fitting, given);
    }

    private Set<StandardProtocolFamily> families(@Nullable Side local, @Nullable Side remote) {
        Set<StandardProtocolFamily> families = new LinkedHashSet<>();
        boolean open = true;
        for (Side side : new @Nullable Side[] {local, remote}) {
            if (side != null && !side.addresses().isEmpty()) {
                if (open) {
                    families.addAll(side.families());
                } else {
                    families.retainAll(side.families());
                }
                open = false;
            }
        }
        if (!open && families.isEmpty()) {
            throw new IllegalArgumentException("can not get address information: local address "
                    + options.localAddress() + " and remote address " + options.remoteAddress()
                    + " have no family in common");
        }
        StandardProtocolFamily only = options.family();
        return open && only != null ? Set.of(only) : families;
    }

    private Opened open(@Nullable StandardProtocolFamily family, @Nullable Side local, @Nullable Side remote)
            throws IOException {
        DatagramChannel channel = opened(family);
        try {
            channel.configureBlocking(false);
            configure(channel);
            if (local != null) {
                bind(channel, local.of(family));
            }
            InetSocketAddress target = remote == null ? null : remote.of(family);
            if (target != null && !options.allowBroadcast()) {
                connect(channel, target);
            }
            return new Opened(channel, target);
        } catch (IOException | RuntimeException e) {
            Channels.closeQuietly(channel);
            throw e;
        }
    }

    private static DatagramChannel opened(@Nullable StandardProtocolFamily family) throws IOException {
        try {
            return family == null ? DatagramChannel.open() : DatagramChannel.open(family);
        } catch (UnsupportedOperationException e) {
            SocketException failure = new SocketException("this system has no sockets of family " + family);
            failure.initCause(e);
            throw failure;
        }
    }

    private void configure(DatagramChannel channel) throws IOException {
        if (options.reusePort()) {
            if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                throw new IllegalArgumentException("reusePort is not supported by this system");
            }
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        if (options.allowBroadcast()) {
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
        }
    }

    private static void bind(DatagramChannel channel, InetSocketAddress address) throws IOException {
        try {
            channel.bind(address);
        } catch (IOException e) {
            BindException failure = new BindException("cannot bind a datagram endpoint to " + Addresses.text(address)
                    + ": " + e.getMessage() + "; use another port, or stop what has bound it");
            failure.initCause(e);
            throw failure;
        }
    }

    private static void connect(DatagramChannel channel, InetSocketAddress address) throws IOException {
        try {
            channel.connect(address);
        } catch (IOException e) {
            throw new IOException("cannot connect a datagram endpoint to " + Addresses.text(address) + ": "
                    + e.getMessage(), e);
        }
    }
}
