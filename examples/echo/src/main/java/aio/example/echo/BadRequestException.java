package aio.example.echo;

/** What was received is no request that can be answered otherwise; the connection ends. */
final class BadRequestException extends Exception {
    private final int status;

    BadRequestException(int status, String message) {
        super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
