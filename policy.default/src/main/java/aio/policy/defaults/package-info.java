/** The policy that is there when nothing outranks it. */
@NullMarked
package aio.policy.defaults;

import org.jspecify.annotations.NullMarked;
