package aio.core.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the registry. */
@ObjectClassDefinition(name = "aio event-loop policies", description = "Which policy is used, and how it is changed")
@interface Config {

    @AttributeDefinition(
            name = "Pin",
            description = "Name of the policy that is used while it is there, whatever the rankings say; empty: none",
            required = false)
    String pin() default "";

    @AttributeDefinition(
            name = "Ranks",
            description = "Rankings that count instead of service.ranking, each as NAME=RANKING: the name of a policy,"
                    + " and a whole number from -2147483648 to 2147483647, min or max",
            required = false)
    String[] ranks() default {};

    @AttributeDefinition(
            name = "Strict",
            description = "Never make a loop on first use, as Python 3.14; otherwise the main thread gets one",
            required = false)
    boolean strict() default false;

    @AttributeDefinition(
            name = "Wait at stop (ms)",
            description = "How long, in milliseconds, a change of the policy waits for the loops to follow",
            min = "0",
            max = "60000",
            required = false)
    long stop_wait_millis() default 1000;

    @AttributeDefinition(
            name = "History size",
            description = "How many changes are remembered",
            min = "1",
            max = "10000",
            required = false)
    int history_size() default 100;
}
