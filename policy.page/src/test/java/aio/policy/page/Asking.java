package aio.policy.page;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request, as a browser on the page makes it unless something else is said. */
final class Asking {
    private final String method;
    private final String path;
    private final Map<String, String> headers = new HashMap<>(Map.of("Host", "127.0.0.1:8081"));
    private final Map<String, String> parameters = new HashMap<>();
    private @Nullable String user = "anna";
    private boolean mayChange = true;

    private Asking(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static Asking to(String method, String path) {
        return new Asking(method, path);
    }

    Asking header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Asking parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    Asking by(@Nullable String newUser, boolean isAdmin) {
        user = newUser;
        mayChange = isAdmin;
        return this;
    }

    PageRequest request() {
        return new PageRequest(method, path, user, mayChange, headers::get, parameters::get);
    }
}
