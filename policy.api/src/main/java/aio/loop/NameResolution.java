package aio.loop;

import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Names and addresses of hosts. Look-ups run on threads of the core; literal addresses are not looked up. In debug mode
 * each is timed, and logged if it is slow (see {@link DebugMode#getSlowCallbackDuration}).
 *
 * <p>Differs from asyncio: there are no service names, for the JVM has no database of them, and an address is all there
 * is to an answer, since socket type and protocol follow from the method it is used with.
 *
 * <p>Thread safety: any thread.
 */
@ProviderType
public interface NameResolution {

    /**
     * Finds the addresses of a host, best first, as {@code getaddrinfo}. A name that does not resolve arrives in the
     * future as {@link java.net.UnknownHostException}.
     *
     * @param host a name or a literal address; the empty text is all interfaces: the wildcard of each family that this
     *     system
     *     has
     * @throws IllegalArgumentException if the port is not in 0 to 65535
     * @throws LoopClosedException if the loop is closed
     */
    LoopFuture<List<InetSocketAddress>> getaddrinfo(String host, int port);

    /**
     * Finds the addresses of one family.
     *
     * @param family {@code StandardProtocolFamily.INET} or {@code INET6}
     * @throws IllegalArgumentException if the port is not in 0 to 65535, or the family is another one
     * @throws LoopClosedException if the loop is closed
     */
    LoopFuture<List<InetSocketAddress>> getaddrinfo(String host, int port, ProtocolFamily family);

    /**
     * Finds the name of an address, as {@code getnameinfo}. Without a name the answer is the literal address.
     *
     * @throws IllegalArgumentException if the address is unresolved
     * @throws LoopClosedException if the loop is closed
     */
    default LoopFuture<NameInfo> getnameinfo(InetSocketAddress address) {
        return getnameinfo(address, Set.of());
    }

    /** Finds the name of an address, with {@code flags}. */
    LoopFuture<NameInfo> getnameinfo(InetSocketAddress address, Set<NameFlag> flags);

    /** How to look a name up. */
    enum NameFlag {
        /** Answers the literal address ({@code NI_NUMERICHOST}). */
        NUMERIC_HOST,
        /** Fails with {@link java.net.UnknownHostException} if there is no name ({@code NI_NAMEREQD}). */
        NAME_REQUIRED
    }

    /**
     * The answer of a look-up by address.
     *
     * @param host the name, or the literal address
     * @param service the port, in digits
     */
    record NameInfo(String host, String service) {}
}
