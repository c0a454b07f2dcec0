package aio.core.process;

import java.io.File;
import java.nio.channels.Channel;

/** A pipe between this process and a child that is about to be started. Used by one thread. */
interface ChildPipe {

    /** Returns the file that the child's stream is redirected to. */
    File file();

    /** Returns our end, which goes in the pipe's direction; closing it wakes whoever is blocked in it. */
    Channel end();

    /** Takes away what was there for the start alone, for the child has its end now. */
    void started();

    /** Closes all, for nothing was started. */
    void discard();
}
