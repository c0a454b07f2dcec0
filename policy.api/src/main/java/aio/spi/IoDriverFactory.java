package aio.spi;

import java.io.IOException;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens I/O engines. A policy brings one factory; a loop opens one driver from it when it goes to that policy.
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
     * A loop calls this once for each driver that it opens, right after {@link #open}, and copies the set. It never
     * asks a driver for a feature that is not in the set: channels that need it are suspended until a driver comes that
     * serves them. A driver that refuses a feature in the set, for example by an {@link UnsupportedOperationException},
     * has failed, and is replaced. An exception, null, or a set that contains null counts as the empty set.
     *
     * <p>There is no default, since any default would be wrong for some driver.
     */
    Set<DriverFeature> features();
}
