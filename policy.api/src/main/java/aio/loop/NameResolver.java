package aio.loop;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds the addresses of a host; may block, so it runs on a thread of the core. Not asked for literal addresses.
 *
 * <p>Thread safety: any thread. Implemented by users with another resolver than the system's.
 */
@FunctionalInterface
@ConsumerType
public interface NameResolver {

    /**
     * Returns the addresses, best first, at least one.
     *
     * @throws UnknownHostException if there is none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
