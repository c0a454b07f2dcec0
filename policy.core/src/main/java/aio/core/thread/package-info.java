@NullMarked
package aio.core.thread;

import org.jspecify.annotations.NullMarked;
