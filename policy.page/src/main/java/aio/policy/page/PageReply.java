package aio.policy.page;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A reply, for whichever servlets.
 *
 * @param status of HTTP
 * @param type of the content
 * @param headers all others
 * @param body the content
 */
record PageReply(int status, String type, Map<String, String> headers, byte[] body) {
    static final int OK = 200;
    static final int FOUND = 302;
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int NOT_ALLOWED = 405;
    static final int CONFLICT = 409;

    /**
     * What every reply says: no script but ours, no frame, nothing of another site, nothing is kept, and a type is what
     * it says.
     */
    private static final Map<String, String> GUARDS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Frame-Options", "DENY",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    PageReply(int status, String type, byte[] body) {
        this(status, type, GUARDS, body);
    }

    static PageReply text(int status, String text) {
        return new PageReply(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static PageReply json(String text) {
        return new PageReply(OK, "application/json; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the browser elsewhere. */
    static PageReply found(String location) {
        return text(FOUND, location).with("Location", location);
    }

    PageReply with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new PageReply(status, type, Map.copyOf(more), body);
    }

    /** Gives all but the body to the response of a servlet. */
    void head(
            IntConsumer givenStatus, Consumer<String> givenType, BiConsumer<String, String> givenHeader,
            IntConsumer givenLength) {
        givenStatus.accept(status);
        givenType.accept(type);
        headers.forEach(givenHeader);
        givenLength.accept(body.length);
    }
}
