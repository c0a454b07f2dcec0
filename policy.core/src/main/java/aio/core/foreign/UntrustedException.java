package aio.core.foreign;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A driver has failed in a way that leaves open how much of a stream it has carried: the stream cannot go on. */
public final class UntrustedException extends IOException {
    private static final long serialVersionUID = 1;

    /** Makes one. */
    public UntrustedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
