/** What happens to policies and loops, as events of Java Flight Recorder, whose types are made at run time. */
@NullMarked
package aio.policy.jfr;

import org.jspecify.annotations.NullMarked;
