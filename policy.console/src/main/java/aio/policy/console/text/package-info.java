/** Text for terminals: aligned columns, and no character that steers one. */
@NullMarked
package aio.policy.console.text;

import org.jspecify.annotations.NullMarked;
