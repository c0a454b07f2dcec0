/** Random sequences of what can happen to policies and loops, against a small model of what must come of it. */
@org.jspecify.annotations.NullMarked
package aio.core.model;
