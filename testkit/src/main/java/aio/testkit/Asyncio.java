package aio.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The item of asyncio whose behaviour a contract tests, or one of its cases: a failure names it, and links its
 * documentation. That of a method stands before that of its class.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Asyncio {

    /**
     * Returns page and item: {@code eventloop#loop.call_later} is {@code asyncio.loop.call_later} of the page
     * {@code asyncio-eventloop} in the documentation of Python 3.13, the last with child watchers.
     */
    String value();
}
