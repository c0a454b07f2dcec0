package aio.policy.page;

import java.util.function.Function;
import java.util.function.Predicate;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Tells which user is logged in, and whether that user has the role {@code admin} and may change something. Karaf's
 * console gives every role to all it lets in, so there its subject counts, with the roles that commands and JMX go by.
 */
final class Roles {
    /** Where Karaf's console puts the subject of the user. */
    private static final String SUBJECT = "karaf.subject.runas";
    /** Where the console puts the user, by version. */
    private static final String USER = "org.apache.felix.webconsole.servlet.User";
    private static final String OLDER_USER = "org.apache.felix.webconsole.User";
    private static final String ROLE = "RolePrincipal";
    /** Where the security of an HTTP service puts the name, which not every server tells as its own. */
    private static final String REMOTE_USER = "org.osgi.service.http.authentication.remote.user";

    private Roles() {}

    /**
     * Returns the user who is logged in; null if that is not known.
     *
     * @param remote whom the server says
     * @param attributes those of the request
     */
    static @Nullable String user(@Nullable String remote, Function<String, @Nullable Object> attributes) {
        return remote == null && attributes.apply(REMOTE_USER) instanceof String name ? name : remote;
    }

    /**
     * Tells whether the user of a request may change something; not if the console says nothing of that.
     *
     * @param attributes those of the request
     * @param isAdmin asks the console's own user object
     */
    static boolean mayChange(Function<String, @Nullable Object> attributes, Predicate<Object> isAdmin) {
        if (attributes.apply(SUBJECT) instanceof Subject subject) {
            return subject.getPrincipals().stream().anyMatch(principal -> PageRequest.ADMIN.equals(principal.getName())
                    && principal.getClass().getSimpleName().equals(ROLE));
        }
        Object user = attributes.apply(USER);
        Object older = user == null ? attributes.apply(OLDER_USER) : user;
        return older != null && isAdmin.test(older);
    }
}
