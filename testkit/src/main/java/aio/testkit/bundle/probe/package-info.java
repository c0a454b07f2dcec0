/** What the suite puts into the framework: it is copied into a bundle, and uses the API that is installed there. */
@NullMarked
package aio.testkit.bundle.probe;

import org.jspecify.annotations.NullMarked;
