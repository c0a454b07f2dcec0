package aio.core.foreign;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A driver has failed, and how much of a stream it has carried is unknown: the stream cannot continue. */
public final class UntrustedException extends IOException {
    private static final long serialVersionUID = 1;

    public UntrustedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
