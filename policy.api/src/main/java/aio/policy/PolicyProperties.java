package aio.policy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The service properties of a policy, as an annotation on the class of its component. On a plain class path, where
 * there are no services, they are read from the class.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PolicyProperties {

    /** The short name, {@link EventLoopPolicy#NAME}. */
    String aio_policy_name();

    /** The ranking, {@code service.ranking}: the highest one becomes the process-wide policy. */
    int service_ranking() default 0;
}
