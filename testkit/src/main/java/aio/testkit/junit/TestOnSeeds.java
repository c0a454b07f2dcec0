package aio.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test that runs once on each of several seeds, from 1 on, and takes {@code VirtualLoops}: each seed is another order
 * of their turns. A failure says the seed, and {@link Seed} replays it alone.
 *
 * <p>See {@link LoopExtension} for what it may take, and what it must not leave behind.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(EachSeed.class)
@ResourceLock(LoopTest.LOCK)
public @interface TestOnSeeds {

    /** Returns how many seeds, at least 1. */
    int count() default 20;
}
