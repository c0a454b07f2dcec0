package aio.loop;

import java.util.Locale;

/** The kinds of things that live on a loop, see {@link LoopResource#kind}. */
public enum ResourceKind {
    /** A stream connection. */
    CONNECTION,
    /** A listening socket of a server. */
    SERVER,
    /** A connect in progress. */
    CONNECT,
    /** A datagram endpoint. */
    DATAGRAM,
    /** One end of a pipe. */
    PIPE,
    /** A watched descriptor. */
    WATCH,
    /** A child process whose transport is not closed. */
    CHILD,
    /** A timer, or a sleep. */
    TIMER,
    /** A task that is not done. */
    TASK,
    /** Work that has not ended: a look-up of a name, a server or connection in the making, work in an executor. */
    WORK,
    /** A future or task that has failed, and whose failure was not retrieved. */
    UNRETRIEVED;

    /** Returns the word that people and scripts read, such as {@code connection}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
