package aio.loop;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How long loops were busy with code of one kind, estimated by looking at them up to 40 times a second: true for what
 * is busy often, and blind to what is not. Immutable. Any thread.
 */
@ProviderType
public interface UserLoad {

    /**
     * Returns the class of the callback or protocol, or the driver; empty for what has no owner, and for all that
     * is too much to be kept apart.
     */
    Optional<String> type();

    /** Returns the bundle of the class; empty outside a framework. */
    Optional<BundleId> bundle();

    /** Returns the name of the loop. */
    String loop();

    /** Returns how long the loop was busy with it since the loop was made. */
    Duration busy();
}
