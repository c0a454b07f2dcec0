/** Classes that the tests put into bundles of their own, see {@code GeneratedBundle}. */
@NullMarked
package aio.itest.probe;

import org.jspecify.annotations.NullMarked;
