/** Random sequences of what can happen to policies and loops, compared with a small model of the right result. */
@org.jspecify.annotations.NullMarked
package aio.core.model;
