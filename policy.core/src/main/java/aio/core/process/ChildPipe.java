package aio.core.process;

import java.io.File;
import java.nio.channels.Channel;

/** A pipe between this process and a child that is about to be started. Used by one thread. */
interface ChildPipe {

    /** Returns the file that the child's stream is redirected to. */
    File file();

    /** Returns the core's end, which goes in the pipe's direction; closing it wakes a thread that is blocked in it. */
    Channel end();

    /** Removes what only the start needed: the child has its end now. */
    void started();

    /** Closes all, because no child was started. */
    void discard();
}
