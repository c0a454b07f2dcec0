package aio.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a driver delivers the end of a connect; exactly one of the two.
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
