@NullMarked
package aio.core.collection;

import org.jspecify.annotations.NullMarked;
