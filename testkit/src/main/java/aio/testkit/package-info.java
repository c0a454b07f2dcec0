/**
 * Contract suites: abstract test classes that say what a policy, its loops and their drivers must do, case by case of
 * asyncio's behaviour. To test a policy, extend a suite and implement {@link aio.testkit.LoopContract#newPolicy}; a
 * test named {@code c093_…} is case C093, and {@code docs/parity.md} lists the cases that differ on the JVM.
 */
@NullMarked
package aio.testkit;

import org.jspecify.annotations.NullMarked;
