package aio.loop;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How long a loop was busy with code of one class, estimated by looking at the loop up to 40 times a second. Code that
 * runs often is estimated well, code that runs rarely may be missed. Immutable. Any thread.
 */
@ProviderType
public interface UserLoad {

    /**
     * Returns the class of the callback or protocol, or the driver; empty for code without an owner, and for the sum of
     * classes that are too many to be kept apart.
     */
    Optional<String> type();

    /** Returns the bundle of the class; empty outside a framework. */
    Optional<BundleId> bundle();

    /** Returns the name of the loop. */
    String loop();

    /** Returns how long the loop was busy with that class since the loop was made. */
    Duration busy();
}
