package aio.bench;

/** A command line that cannot be obeyed; its message says what is expected. */
final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
