package aio.policy.page;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what the user's browser was made to send by another site: the console logs in by a header that browsers send
 * by themselves, and has no guard of its own. Each user has a token, which only a page of this origin can read. Any
 * thread.
 */
final class Guard {
    /** Where the token is expected. A form of another site cannot send a header of that name at all. */
    static final String TOKEN_HEADER = "X-Aio-Token";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    private final byte[] secret = new byte[SECRET_BYTES];

    /** Makes one with a secret of its own: tokens end with the bundle. */
    Guard() {
        new SecureRandom().nextBytes(secret);
    }

    /** Returns the token of a user. */
    String token(String user) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM + ", which every Java has to have", e);
        }
    }

    /** Returns why a request of a user must not change anything; null if it may. */
    @Nullable String objection(PageRequest request, String user) {
        String origin = request.header("Origin");
        String host = request.header("Host");
        if (origin != null && !isOf(origin, host)) {
            return "the request is from '" + origin + "', expected this site, '" + host + "': open the page itself";
        }
        String site = request.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return "the request is from another site, as the browser says: '" + site + "'; open the page itself";
        }
        String given = request.header(TOKEN_HEADER);
        if (given == null || !isSame(given, token(user))) {
            return "the header " + TOKEN_HEADER + " is " + (given == null ? "missing" : "not the token of this user")
                    + ", expected 'token' of state.json: load the page again";
        }
        return null;
    }

    private static boolean isSame(String given, String expected) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    /** Compares name and port; a proxy may have ended TLS, so the scheme says nothing. */
    private static boolean isOf(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && host != null
                    && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
