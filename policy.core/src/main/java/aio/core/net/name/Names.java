package aio.core.net.name;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Tools;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.kernel.Shortage;
import aio.loop.ConnectionOptions;
import aio.loop.LoopFuture;
import aio.loop.NameResolver;
import aio.loop.Networking.NameFlag;
import aio.loop.Networking.NameInfo;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Looks names and addresses up, on threads of the core; literal addresses need none. Any thread. */
public final class Names {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final Kernel kernel;
    private final NameResolver resolver;
    private final Blocking blocking;
    private final Blocking system;

    /** Runs blocking work on threads of the core. */
    @FunctionalInterface
    public interface Blocking {
        <T> LoopFuture<T> run(Callable<T> work);
    }

    /**
     * Makes the look-ups of one loop.
     *
     * @param resolver null for the system
     * @param blocking runs what asks the resolver
     * @param system runs what asks the system
     */
    public Names(Kernel kernel, @Nullable NameResolver resolver, Blocking blocking, Blocking system) {
        this.kernel = kernel;
        this.resolver = resolver != null ? resolver : host -> List.of(InetAddress.getAllByName(host));
        this.blocking = blocking;
        this.system = system;
    }

    /** Refuses address families other than those of IP. */
    public static ProtocolFamily checked(ProtocolFamily family) {
        return Objects.requireNonNull(ConnectionOptions.to("", 0).withFamily(family).family());
    }

    public Blocking blocking() {
        return blocking;
    }

    public LoopFuture<List<InetSocketAddress>> getaddrinfo(String host, int port, @Nullable ProtocolFamily family) {
        InetSocketAddress.createUnresolved(host, port); // checks the port
        return find(List.of(host), port, family);
    }

    /** Finds the addresses of all hosts, each once. */
    public LoopFuture<List<InetSocketAddress>> find(List<String> hosts, int port, @Nullable ProtocolFamily family) {
        kernel.checkClosed();
        CoreFuture<List<InetSocketAddress>> known = new CoreFuture<>(kernel);
        Set<InetAddress> literal = new LinkedHashSet<>();
        for (String host : hosts) {
            List<InetAddress> addresses = known(host);
            if (addresses.isEmpty()) {
                return blocking.run(() -> withPort(lookUpTimed(hosts, family), port));
            }
            literal.addAll(addresses);
        }
        try {
            known.complete(withPort(ofFamily(literal, hosts, family), port));
        } catch (UnknownHostException e) {
            known.fail(e);
        }
        return known;
    }

    /** Returns the addresses of an empty or literal host; for a name, none. */
    private static List<InetAddress> known(String host) {
        if (host.isEmpty()) {
            return Addresses.anyLocal();
        }
        InetAddress literal = Addresses.literal(host);
        return literal == null ? List.of() : List.of(literal);
    }

    private Set<InetAddress> lookUpTimed(List<String> hosts, @Nullable ProtocolFamily family)
            throws UnknownHostException {
        long start = System.nanoTime();
        try {
            return lookUp(hosts, family);
        } finally {
            reportSlow("Getting the addresses of " + hosts, start);
        }
    }

    private Set<InetAddress> lookUp(List<String> hosts, @Nullable ProtocolFamily family) throws UnknownHostException {
        Set<InetAddress> all = new LinkedHashSet<>();
        for (String host : hosts) {
            List<InetAddress> known = known(host);
            all.addAll(known.isEmpty() ? resolved(host) : known);
        }
        return ofFamily(all, hosts, family);
    }

    /** Asks the resolver; blocks. With too few descriptors the system finds nothing and does not say why. */
    public List<InetAddress> resolved(String host) throws UnknownHostException {
        try {
            return Tools.resolve(resolver, host);
        } catch (UnknownHostException e) {
            Shortage shortage = Shortage.behind(e);
            if (shortage == null) {
                throw e;
            }
            UnknownHostException told = new UnknownHostException(host + ": " + shortage.getMessage());
            told.initCause(e);
            throw told;
        }
    }

    private static Set<InetAddress> ofFamily(
            Set<InetAddress> found, List<String> hosts, @Nullable ProtocolFamily family) throws UnknownHostException {
        if (family == null) {
            return found;
        }
        boolean four = family == StandardProtocolFamily.INET;
        Set<InetAddress> fitting = new LinkedHashSet<>();
        for (InetAddress address : found) {
            if (address instanceof Inet4Address == four) {
                fitting.add(address);
            }
        }
        if (fitting.isEmpty()) {
            throw new UnknownHostException(String.join(", ", hosts) + ": no address of family " + family
                    + ", only " + found.stream().map(InetAddress::getHostAddress).toList());
        }
        return fitting;
    }

    private static List<InetSocketAddress> withPort(Set<InetAddress> addresses, int port) {
        List<InetSocketAddress> all = new ArrayList<>(addresses.size());
        addresses.forEach(address -> all.add(new InetSocketAddress(address, port)));
        return all;
    }

    public LoopFuture<NameInfo> getnameinfo(InetSocketAddress address, Set<NameFlag> flags) {
        InetAddress of = address.getAddress();
        if (of == null) {
            throw new IllegalArgumentException("address " + address + " is unresolved: find it with getaddrinfo first");
        }
        Objects.requireNonNull(flags, "flags");
        String service = Integer.toString(address.getPort());
        if (!flags.contains(NameFlag.NUMERIC_HOST)) {
            return system.run(() -> new NameInfo(nameOf(of, flags.contains(NameFlag.NAME_REQUIRED)), service));
        }
        kernel.checkClosed();
        CoreFuture<NameInfo> known = new CoreFuture<>(kernel);
        known.complete(new NameInfo(of.getHostAddress(), service));
        return known;
    }

    private String nameOf(InetAddress address, boolean required) throws UnknownHostException {
        long start = System.nanoTime();
        InetAddress fresh = InetAddress.getByAddress(address.getAddress()); // without the name that it was made with
        String name = fresh.getCanonicalHostName();
        reportSlow("Getting the name of " + address.getHostAddress(), start);
        if (!name.equals(fresh.getHostAddress())) {
            return name;
        }
        if (required) {
            throw new UnknownHostException(address.getHostAddress() + " has no name");
        }
        return address.getHostAddress();
    }

    private void reportSlow(String what, long startNanos) {
        if (!kernel.calls().debug()) {
            return;
        }
        long nanos = System.nanoTime() - startNanos;
        LOG.log(nanos >= kernel.calls().slowNanos() ? Level.INFO : Level.DEBUG, String.format(Locale.ROOT,
                "%s took %.3f ms (loop \"%s\")", what, nanos / 1e6, kernel.loopName()));
    }
}
