package aio.policy.jmx;

import aio.policy.PolicyAdmin;
import java.lang.reflect.Method;
import java.security.AccessController;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Tells which user calls an operation: the one that a connector has let in, whose subject the calling thread has. Any
 * thread.
 */
final class Caller {
    /** The end of the class names of users, in Karaf and in the JDK's login modules; roles and groups have others. */
    private static final String USER = "UserPrincipal";
    private static final @Nullable Method CURRENT = current();

    private Caller() {}

    /** Returns the service for the present caller: changes name that user, or just the operator if none is known. */
    static PolicyAdmin with(PolicyAdmin admin) {
        Subject subject = subject();
        String name = subject == null ? null : name(subject.getPrincipals());
        return name == null ? admin : admin.by(name);
    }

    /** Returns {@code Subject.current}, which replaces the older way in later JDKs; null on JDK 17. */
    private static @Nullable Method current() {
        try {
            return Subject.class.getMethod("current");
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    @SuppressWarnings("removal") // JDK 17 has no other way
    private static @Nullable Subject subject() {
        if (CURRENT == null) {
            return Subject.getSubject(AccessController.getContext());
        }
        try {
            return (Subject) CURRENT.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the JDK does not tell which user calls", e);
        }
    }

    /**
     * Returns the name of the user among principals: that of JMX or of a login module, else of the only one; null if
     * none is a user.
     */
    static @Nullable String name(Collection<Principal> principals) {
        List<Principal> users = principals.stream()
                .filter(each -> each instanceof JMXPrincipal || each.getClass().getSimpleName().equals(USER))
                .toList();
        Collection<Principal> from = users.isEmpty() && principals.size() == 1 ? principals : users;
        for (Principal each : from) {
            String name = each.getName();
            if (name != null && !name.isBlank()) {
                return name;
            }
        }
        return null;
    }
}
