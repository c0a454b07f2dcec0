package aio.core.loop;

import aio.core.net.Names;
import aio.loop.LoopFuture;
import aio.loop.NameResolution;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The name resolution of a loop. */
interface NamesOfLoop extends NameResolution {
    Names names();

    @Override
    default LoopFuture<List<InetSocketAddress>> getaddrinfo(String host, int port) {
        return names().getaddrinfo(Objects.requireNonNull(host, "host"), port, null);
    }

    @Override
    default LoopFuture<List<InetSocketAddress>> getaddrinfo(String host, int port, ProtocolFamily family) {
        return names().getaddrinfo(Objects.requireNonNull(host, "host"), port, Names.checked(family));
    }

    @Override
    default LoopFuture<NameInfo> getnameinfo(InetSocketAddress address, Set<NameFlag> flags) {
        return names().getnameinfo(Objects.requireNonNull(address, "address"), flags);
    }
}
