package aio.core.loop;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.core.net.Account;
import aio.core.net.Connection;
import aio.loop.BundleId;
import aio.loop.ConnectionInfo;
import aio.loop.ConnectionState;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The connections of loops, for operators; each loop is asked on its own thread. Any thread. */
final class Connections {
    private static final CoreLog LOG = CoreLog.POLICY;

    private final List<CoreLoop> loops;
    private final String name;
    private final Origin origin;

    private record Info(
            long id,
            String loop,
            Optional<SocketAddress> peer,
            Optional<SocketAddress> local,
            long bytesReceived,
            long bytesSent,
            long bytesQueued,
            Duration age,
            ConnectionState state,
            boolean isReading,
            Optional<String> tls,
            String protocol,
            Optional<BundleId> bundle)
            implements ConnectionInfo {}

    /** Makes a view of the loops of a name. */
    Connections(List<CoreLoop> loops, String name, Origin origin) {
        this.loops = loops;
        this.name = name;
        this.origin = origin;
    }

    /** Returns all connections, the oldest first. */
    List<ConnectionInfo> all() {
        List<ConnectionInfo> found = new ArrayList<>();
        for (CoreLoop loop : loops) {
            Question.ask(loop, origin, () -> of(loop).map(connection -> connection.account().facts()).toList())
                    .forEach(facts -> found.add(info(facts)));
        }
        found.sort(Comparator.comparingLong(ConnectionInfo::id));
        return found;
    }

    /**
     * Closes a connection at once, because the operator wants it, and returns how it was.
     *
     * @throws IllegalArgumentException if there is no connection of that id
     */
    ConnectionInfo close(long id) {
        SocketException cause = new SocketException(
                "connection " + id + " of loop \"" + Text.clean(name) + "\" was closed by the operator");
        for (CoreLoop loop : loops) {
            Optional<Account.Facts> closed = Question.ask(loop, origin, () -> of(loop)
                    .filter(connection -> connection.account().id() == id)
                    .findFirst()
                    .map(closing(cause)));
            if (closed.isPresent()) {
                ConnectionInfo info = info(closed.get());
                LOG.log(Level.INFO, "policy: " + cause.getMessage() + ": " + text(info));
                return info;
            }
        }
        throw new IllegalArgumentException("no connection " + id + " on loop '" + name + "': it may have ended");
    }

    private static Stream<Connection> of(CoreLoop loop) {
        return loop.kernel().residents().of(user -> true).stream()
                .filter(Connection.class::isInstance)
                .map(Connection.class::cast)
                .distinct(); // a broken one is kept for its last reads before its driver releases it
    }

    private static Function<Connection, Account.Facts> closing(Throwable cause) {
        return connection -> {
            Account.Facts before = connection.account().facts();
            connection.end(cause);
            return before;
        };
    }

    private ConnectionInfo info(Account.Facts facts) {
        return new Info(facts.id(), name, Optional.ofNullable(facts.peer()), Optional.ofNullable(facts.local()),
                facts.received(), facts.sent(), facts.queued(), Duration.ofNanos(facts.ageNanos()), facts.state(),
                facts.reading(), Optional.ofNullable(facts.tls()), Text.ofClass(facts.user()),
                origin.bundle(facts.user()));
    }

    private static String text(ConnectionInfo info) {
        return text(info.local()) + " -> " + text(info.peer()) + ", of " + info.protocol()
                + info.bundle().map(bundle -> " of bundle " + bundle).orElse("");
    }

    private static String text(Optional<SocketAddress> address) {
        return address.map(SocketAddress::toString).orElse("an unknown address");
    }
}
