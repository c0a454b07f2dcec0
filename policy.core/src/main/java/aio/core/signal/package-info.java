@NullMarked
package aio.core.signal;

import org.jspecify.annotations.NullMarked;
