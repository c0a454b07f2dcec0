/** The life of a policy's bundle in a framework: one class to extend, for authors of policies. */
@NullMarked
package aio.testkit.bundle;

import org.jspecify.annotations.NullMarked;
