package aio.core.kernel;

import aio.core.foreign.Text;
import java.io.IOException;

/** A driver refuses a channel that is open and the loop's own: this is reported, whichever code waits for it. */
public final class RefusedChannelException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedChannelException(String message, IOException refusal) {
        super(message + ": " + Text.ofMessage(refusal), refusal);
    }
}
