package aio.core.foreign;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How much of a stream was carried is unknown, since its driver has failed, or a part of it is lost: the stream cannot
 * continue.
 */
public final class UntrustedException extends IOException {
    private static final long serialVersionUID = 1;

    public UntrustedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
