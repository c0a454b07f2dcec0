/** What loops and policies count and time, in the text format of Prometheus. */
@NullMarked
package aio.policy.metrics;

import org.jspecify.annotations.NullMarked;
