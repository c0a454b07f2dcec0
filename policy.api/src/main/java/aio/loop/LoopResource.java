package aio.loop;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A snapshot of something that lives on a loop and that its user has to end, see {@link LoopDirectory#resources}: as
 * the {@code ResourceWarning} of asyncio, but asked for. Immutable; it holds nothing of the user. Any thread.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface LoopResource {

    /** Returns what it is. */
    ResourceKind kind();

    /** Returns the name of the loop. */
    String loop();

    /** Returns its text, such as the addresses of a connection, or the failure that nobody has looked at. */
    String text();

    /** Returns the class whose it is: of the protocol, its factory, the callback or the work. */
    String owner();

    /** Returns the bundle of that class; empty outside a framework. */
    Optional<BundleId> bundle();

    /**
     * Returns the stack that has made it, the caller of the loop first, as {@code source_traceback} of asyncio: of a
     * connection that a server has accepted, that which has made the server. Known of what was made while the loop was
     * in debug mode; else empty. Of a failure that nobody has looked at: where it was thrown, in every mode.
     */
    List<StackTraceElement> madeAt();
}
