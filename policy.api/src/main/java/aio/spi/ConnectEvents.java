package aio.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Receives the end of a connect from a driver, which calls exactly one of the two methods.
 *
 * <p>Thread safety: called on the thread that runs the loop. Implemented by the loop.
 */
@ProviderType
public interface ConnectEvents {

    /** The driver has called {@code finishConnect} and it succeeded. */
    void connected();

    /** The connect failed. */
    void failed(IOException cause);
}
