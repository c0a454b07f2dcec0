package aio.policy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The service properties of a policy, for the class of its component: they become properties of the component, and are
 * what the class path goes by, where there are no services.
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
