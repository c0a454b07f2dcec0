package aio.driver.uring;

import java.io.IOException;
import java.net.SocketException;

/** The error numbers of Linux that matter here; they are the same on all but a few old architectures. */
final class Errno {
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int EPIPE = 32;
    static final int ENOSYS = 38;
    static final int ETIME = 62;
    static final int ECONNRESET = 104;
    static final int ENOBUFS = 105;
    static final int ECANCELED = 125;

    private Errno() {}

    /** Returns the name, or the number if this class has no name for it. */
    static String name(int number) {
        return switch (number) {
            case EPERM -> "EPERM";
            case 2 -> "ENOENT";
            case EINTR -> "EINTR";
            case 9 -> "EBADF";
            case EAGAIN -> "EAGAIN";
            case ENOMEM -> "ENOMEM";
            case EACCES -> "EACCES";
            case 14 -> "EFAULT";
            case EBUSY -> "EBUSY";
            case 17 -> "EEXIST";
            case EINVAL -> "EINVAL";
            case ENFILE -> "ENFILE";
            case EMFILE -> "EMFILE";
            case EPIPE -> "EPIPE";
            case ENOSYS -> "ENOSYS";
            case ETIME -> "ETIME";
            case 95 -> "EOPNOTSUPP";
            case ECONNRESET -> "ECONNRESET";
            case ENOBUFS -> "ENOBUFS";
            case 107 -> "ENOTCONN";
            case 110 -> "ETIMEDOUT";
            case 111 -> "ECONNREFUSED";
            case 113 -> "EHOSTUNREACH";
            case ECANCELED -> "ECANCELED";
            default -> "errno " + number;
        };
    }

    /**
     * Makes the exception of a broken stream, in the words of the JDK's own channels if they have some.
     */
    static IOException ofStream(String operation, int number) {
        return switch (number) {
            case EPIPE -> new IOException("Broken pipe");
            case ECONNRESET -> new SocketException("Connection reset");
            case 110 -> new SocketException("Connection timed out");
            case 113 -> new SocketException("No route to host");
            default -> new IOException(operation + " returned " + name(number));
        };
    }
}
