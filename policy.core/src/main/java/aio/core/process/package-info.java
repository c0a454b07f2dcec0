/**
 * Child processes in their plain form: three pipes, exits learned from the JDK by one shared reaper.
 *
 * <p>Limit: when a child ends, the JDK takes what is in its pipes at that moment and closes them, or does so after the next
 * read if one is under way. What a grandchild that inherited a pipe writes later is lost, where asyncio would wait for the
 * real end of the pipe.
 */
@NullMarked
package aio.core.process;

import org.jspecify.annotations.NullMarked;
