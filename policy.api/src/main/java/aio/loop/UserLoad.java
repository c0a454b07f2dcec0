package aio.loop;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How long loops were busy with code of one kind, estimated by looking at them up to 40 times a second: true for what
 * is busy often, and blind to what is not. Immutable. Any thread.
 */
@ProviderType
public interface UserLoad {

    /** Returns the class of the callback, protocol or driver; empty for what belongs to nobody. */
    String type();

    /** Returns the bundle of the class, such as {@code com.example [42]}; empty outside a framework. */
    String bundle();

    /** Returns the name of the loop. */
    String loop();

    /** Returns how long the loop was busy with it since the loop was made. */
    Duration busy();
}
