package aio.process;

/** A child process has ended, or is not known; as Python's {@code ProcessLookupError}. */
public class ProcessGoneException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Makes one with a message that names the process. */
    public ProcessGoneException(String message) {
        super(message);
    }
}
