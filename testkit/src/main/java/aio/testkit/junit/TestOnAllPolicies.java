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
 * A test that runs once on each policy that is there, with that policy installed: on a class path, those that the
 * service loader finds. Its name is part of the display name. A policy that is refused is shown as skipped, with the
 * reason: one that needs a newer Java, for instance.
 *
 * <p>See {@link LoopExtension} for what it may take, and what it must not leave behind.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(EachPolicy.class)
@ResourceLock(LoopTest.LOCK)
public @interface TestOnAllPolicies {}
