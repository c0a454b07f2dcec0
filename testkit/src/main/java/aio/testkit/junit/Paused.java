package aio.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * At a parameter of type {@code VirtualClock}: the clock stands still until the test lets time pass by {@code advance}.
 * Without it the clock goes to the next timer by itself whenever the loop would only wait for that.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Paused {}
