package aio.policy.page;

import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A request, whichever servlets brought it.
 *
 * @param method as HTTP writes it
 * @param path what follows the path of the page: empty for the page itself
 * @param user the user who is logged in, as the console says; null if it does not say
 * @param mayChange whether the console gives that user the role that changes something
 * @param headers returns a header, null if there is none
 * @param parameters returns a parameter, null if there is none
 */
record PageRequest(
        String method, String path, @Nullable String user, boolean mayChange,
        Function<String, @Nullable String> headers, Function<String, @Nullable String> parameters) {

    /** The role that changes something, as in the console of Karaf and for JMX. */
    static final String ADMIN = "admin";

    /** The name of the plug-in, and of the page in the address. */
    static final String LABEL = "aio";

    static final String TITLE = "Event loops";

    /**
     * Makes one of what a request of servlets tells.
     *
     * @param remote the user that the server says
     * @param attributes those of the request
     * @param isAdmin asks the console's own user object
     */
    static PageRequest of(
            String method, @Nullable String pathInfo, @Nullable String remote,
            Function<String, @Nullable Object> attributes, Predicate<Object> isAdmin,
            Function<String, @Nullable String> headers, Function<String, @Nullable String> parameters) {
        return new PageRequest(method, pathIn(pathInfo), Roles.user(remote, attributes),
                Roles.mayChange(attributes, isAdmin), headers, parameters);
    }

    /** Returns what follows the name of the plug-in in the path that the console gives it. */
    static String pathIn(@Nullable String pathInfo) {
        String start = "/" + LABEL;
        return pathInfo != null && pathInfo.startsWith(start) ? pathInfo.substring(start.length()) : "";
    }

    @Nullable String header(String name) {
        return headers.apply(name);
    }

    /** Returns a parameter; empty if it is missing. */
    String parameter(String name) {
        String value = parameters.apply(name);
        return value == null ? "" : value.trim();
    }
}
