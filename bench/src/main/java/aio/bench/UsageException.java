package aio.bench;

/** A command line that cannot be obeyed; its message says what is expected. */
public final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Says what was given, and what is expected. */
    public UsageException(String message) {
        super(message);
    }
}
