package aio.loop;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A snapshot of something that lives on a loop and has to be ended by its user, see {@link LoopDirectory#resources}.
 * asyncio tells it by a {@code ResourceWarning}. Immutable; it holds no object of the user. Any thread.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface LoopResource {

    /** Returns what kind of thing it is. */
    ResourceKind kind();

    /** Returns the name of the loop. */
    String loop();

    /** Returns a text for people, such as the addresses of a connection, or the failure that was not retrieved. */
    String text();

    /** Returns the class that owns it: of the protocol, its factory, the callback or the work. */
    String owner();

    /** Returns the bundle of that class; empty outside a framework. */
    Optional<BundleId> bundle();

    /**
     * Returns the stack that made it, the caller of the loop first, as {@code source_traceback} of asyncio. For a
     * connection that a server accepted it is the stack that made the server. Empty unless it was made in debug mode.
     * For a failure that was not retrieved it is the place where it was thrown, in every mode.
     */
    List<StackTraceElement> madeAt();
}
