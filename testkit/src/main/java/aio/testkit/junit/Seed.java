package aio.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The seed of the {@code VirtualLoops} that a test takes. At a {@link TestOnSeeds} it replays this seed alone; so does
 * the system property {@code aio.testkit.seed}, for all tests, which comes before this.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Seed {

    /** Returns the seed. */
    long value();
}
