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
            name = "Scopes",
            description = "Policies that are pinned for some loops only, each as loop:NAME=POLICY or bundle:ID=POLICY",
            required = false)
    String[] scopes() default {};

    @AttributeDefinition(
            name = "End of the pin",
            description = "When the pin ends by itself, as 2026-01-31T03:00:00Z; empty: never",
            required = false)
    String pin_until() default "";

    @AttributeDefinition(
            name = "Canary",
            description = "Which loops go to another pin of this configuration first: loop:NAME, bundle:ID or 50%;"
                    + " empty: all at once",
            required = false)
    String canary() default "";

    @AttributeDefinition(
            name = "Watch",
            description = "How long another pin of this configuration is watched before it is kept, as 30s; empty: not",
            required = false)
    String watch() default "";

    @AttributeDefinition(
            name = "Most lag",
            description = "The lag that 99 of 100 looks for I/O may have while a pin is watched, as 100ms",
            required = false)
    String max_lag() default "100ms";

    @AttributeDefinition(
            name = "Most errors",
            description = "How many more connections may fail than on other loops while a pin is watched, as 1%",
            required = false)
    String max_errors() default "1%";

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

    @AttributeDefinition(
            name = "Confirm arrivals",
            description = "A policy that arrives, or whose ranking changes, does not replace one that works until the"
                    + " operator confirms, pins or ranks it",
            required = false)
    boolean confirm_arrivals() default false;

    @AttributeDefinition(
            name = "Confirmed",
            description = "Which policies are confirmed, and with which ranking, each as NAME=RANKING",
            required = false)
    String[] confirmed() default {};

    @AttributeDefinition(
            name = "Hold-down: departures",
            description = "A policy that has left this many times within the window is held down: it is followed after"
                    + " it has been there for a time without a break; 0: none is held down",
            min = "0",
            max = "1000",
            required = false)
    int hold_down_departures() default 0;

    @AttributeDefinition(
            name = "Hold-down: window (ms)",
            description = "Within which time, in milliseconds, departures are counted",
            min = "1",
            max = "86400000",
            required = false)
    long hold_down_window_millis() default 60_000;

    @AttributeDefinition(
            name = "Hold-down: calm (ms)",
            description = "How long, in milliseconds, a policy that is held down has to be there without a break",
            min = "1",
            max = "86400000",
            required = false)
    long hold_down_calm_millis() default 60_000;
}
