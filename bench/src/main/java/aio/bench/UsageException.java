package aio.bench;

/** A command line that cannot be carried out; its message says what is expected. */
public final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
