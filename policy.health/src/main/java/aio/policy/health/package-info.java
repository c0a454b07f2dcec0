/** Health checks of policies and loops: each asks an exported service and says what is wrong and what to do. */
@NullMarked
package aio.policy.health;

import org.jspecify.annotations.NullMarked;
