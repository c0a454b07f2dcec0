package aio.example.echo;

/** The received bytes are no request with a regular response; the connection ends. */
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
