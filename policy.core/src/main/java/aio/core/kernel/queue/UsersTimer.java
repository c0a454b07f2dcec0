package aio.core.kernel.queue;

/** A callback of the core's own making that stands for something of a user. Loop thread. */
public interface UsersTimer extends Runnable {

    /** Returns what it stands for: whose timer this is. */
    Object user();
}
