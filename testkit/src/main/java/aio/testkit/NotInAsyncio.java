package aio.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A contract, or one of its cases, of what asyncio does not have: a failure says so instead of linking an item. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface NotInAsyncio {
    /** The engine of a loop is not exchanged while the loop runs. */
    String EXCHANGE = "a running loop keeps its engine";
    /** The seam between loops and engines is not the same. */
    String ENGINE = "the seam of engines is aio's own, see IoDriver";

    /** Returns how it is in asyncio, as half a sentence. */
    String value();
}
