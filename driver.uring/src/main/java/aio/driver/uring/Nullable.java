package aio.driver.uring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What may be null. It does not get into the class files: an annotation of others there would be an import of every
 * bundle that embeds this driver.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE_USE)
@interface Nullable {}
