/** Policies and loops as MXBeans: the beans are views of the exported services, and keep nothing. */
@NullMarked
package aio.policy.jmx;

import org.jspecify.annotations.NullMarked;
