package aio.policy.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;

/** Who may change something, as each console says it. */
class RolesTest {
    private final Map<String, Object> attributes = new HashMap<>();

    private record RolePrincipal(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    private record UserPrincipal(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    private boolean mayChange() {
        return Roles.mayChange(attributes::get, user -> user.equals("admin's"));
    }

    @Test
    void aConsoleThatSaysNothing_letsNobodyChange() {
        assertThat(mayChange()).isFalse();
    }

    @Test
    void theUserOfTheConsole_isAsked_inEitherVersion() {
        attributes.put("org.apache.felix.webconsole.User", "admin's");
        assertThat(mayChange()).isTrue();
        attributes.put("org.apache.felix.webconsole.servlet.User", "viewer's");
        assertThat(mayChange()).isFalse();
    }

    @Test
    void theUser_isWhomTheServerSays_elseWhomTheSecurityHasLetIn() {
        assertThat(Roles.user(null, attributes::get)).isNull();
        attributes.put("org.osgi.service.http.authentication.remote.user", "bert");
        assertThat(Roles.user(null, attributes::get)).isEqualTo("bert");
        assertThat(Roles.user("anna", attributes::get)).isEqualTo("anna");
    }

    @Test
    void theSubjectOfKaraf_counts_andARoleIsNotAUserOfThatName() {
        attributes.put("org.apache.felix.webconsole.User", "admin's");
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal("admin"));
        subject.getPrincipals().add(new RolePrincipal("viewer"));
        attributes.put("karaf.subject.runas", subject);
        assertThat(mayChange()).isFalse();
        subject.getPrincipals().add(new RolePrincipal("admin"));
        assertThat(mayChange()).isTrue();
    }
}
