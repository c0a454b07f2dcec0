/** Contract suites of child processes and of the watchers that learn of their ends. */
@NullMarked
package aio.testkit.process;

import org.jspecify.annotations.NullMarked;
