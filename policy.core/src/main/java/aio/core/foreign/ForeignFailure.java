package aio.core.foreign;

/** Foreign code has failed; the cause is what it threw. */
public final class ForeignFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Throwable failure;

    ForeignFailure(Throwable failure) {
        super(null, failure, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.failure = failure;
    }

    /** Returns what was thrown. */
    public Throwable failure() {
        return failure;
    }

    /** Returns the readable text of what was thrown. */
    public String text() {
        return Text.of(failure);
    }

    @Override
    public String toString() {
        return text();
    }
}
