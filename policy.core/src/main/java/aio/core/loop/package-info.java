@NullMarked
package aio.core.loop;

import org.jspecify.annotations.NullMarked;
