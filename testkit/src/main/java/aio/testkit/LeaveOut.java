package aio.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Leaves contracts of a suite out: they are not run. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface LeaveOut {

    /** Returns the contracts. */
    Class<?>[] value();

    /** Returns why, as the report of the tests says it. */
    String because();
}
