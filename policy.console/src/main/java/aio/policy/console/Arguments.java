package aio.policy.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the arguments of a command are written, for its help; options apart. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Arguments {

    /** Names in capitals, optional ones in brackets. */
    String value();
}
