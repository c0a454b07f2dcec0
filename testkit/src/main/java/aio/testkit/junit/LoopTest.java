package aio.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test with a loop of the process-wide policy: see {@link LoopExtension} for what it may take, and what it must not
 * leave behind.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Test
@ExtendWith(LoopExtension.class)
@ResourceLock(LoopTest.LOCK)
public @interface LoopTest {

    /** What these tests lock: policy, threads and child processes are those of the whole process. */
    String LOCK = "aio.testkit.process";
}
