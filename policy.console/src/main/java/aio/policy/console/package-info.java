/**
 * The commands of the scopes {@code policy} and {@code loop}. They return views, and a converter prints these as
 * tables, so that commands can be piped and scripted.
 */
@NullMarked
package aio.policy.console;

import org.jspecify.annotations.NullMarked;
