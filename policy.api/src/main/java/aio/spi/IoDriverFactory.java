package aio.spi;

import java.io.IOException;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens I/O engines. A policy brings one; a loop opens one driver from it when it starts to follow that policy.
 *
 * <p>Thread safety: called from any thread. Implemented by policies.
 */
@ConsumerType
public interface IoDriverFactory {

    /** Returns the name that operators see, such as {@code selector}. */
    String name();

    /**
     * Opens a driver for one loop.
     *
     * @throws IOException if the engine cannot be opened; the loop then keeps the driver it has
     */
    IoDriver open(DriverContext context) throws IOException;

    /**
     * Returns what drivers of this factory serve besides streams, listeners and connects: {@code Set.of()} if nothing.
     * A loop asks this once for each driver that it opens, right after {@link #open}, and copies the answer. It never
     * asks a driver for what is not in the set: channels that need it are suspended until a driver comes that serves
     * them. A driver that refuses what is in the set, by an {@link UnsupportedOperationException} for example, has
     * failed, and is replaced. An answer that cannot be used (an exception, null, null in it) counts as the empty set.
     *
     * <p>There is no default, since both would be wrong for some driver: it would lose what it can do, or be asked for
     * what it cannot.
     */
    Set<DriverFeature> features();
}
