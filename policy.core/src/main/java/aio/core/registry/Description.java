package aio.core.registry;

import aio.core.foreign.Text;
import aio.policy.PolicyProperties;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate says of itself.
 *
 * @param name the short name
 * @param ranking the ranking that counts
 * @param rankingProblem what is wrong with the ranking that was given, or null
 * @param home the system that the policy is made for, empty for every system
 */
public record Description(String name, int ranking, @Nullable String rankingProblem, String home) {

    /** Describes a candidate whose ranking may be of any type, as service properties can be. */
    public static Description of(String name, @Nullable Object ranking) {
        return of(name, ranking, "");
    }

    /** Describes a candidate that is made for one system. */
    public static Description of(String givenName, @Nullable Object ranking, String givenHome) {
        String name = Text.clean(givenName);
        String home = Text.clean(givenHome);
        if (ranking == null) {
            return new Description(name, 0, null, home);
        }
        if (ranking instanceof Integer) {
            return new Description(name, (Integer) ranking, null, home);
        }
        String text = Text.of(ranking);
        return new Description(name, 0, "service.ranking is '" + text + "' of type "
                + ranking.getClass().getSimpleName() + ", expected an Integer: it counts as 0. Write"
                + " \"service.ranking:Integer=" + text + "\" in a component,"
                + " \"service.ranking:Integer\":" + text + " in JSON, service.ranking=I\"" + text
                + "\" in a .config file", home);
    }

    /** Describes a policy by its class alone. */
    public static Description ofClass(Class<?> type, boolean ranked) {
        PolicyProperties properties = type.getAnnotation(PolicyProperties.class);
        if (properties == null) {
            return of(type.getName(), null);
        }
        return of(properties.aio_policy_name(), ranked ? properties.service_ranking() : null);
    }

    /** Returns a ranking as people read it. */
    static String text(int ranking) {
        return ranking == Integer.MIN_VALUE ? "min" : ranking == Integer.MAX_VALUE ? "max" : Integer.toString(ranking);
    }
}
