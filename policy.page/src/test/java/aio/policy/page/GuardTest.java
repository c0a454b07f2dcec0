package aio.policy.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What another site can make a browser send is refused. */
class GuardTest {
    private final Guard guard = new Guard();

    private Asking change() {
        return Asking.to("POST", "/do").header(Guard.TOKEN_HEADER, guard.token("anna"));
    }

    private String objection(Asking asking) {
        return guard.objection(asking.request(), "anna");
    }

    @Test
    void theUsersOwnToken_isTaken() {
        assertThat(objection(change())).isNull();
        assertThat(objection(change().header("Origin", "http://127.0.0.1:8081"))).isNull();
        assertThat(objection(change().header("Origin", "https://127.0.0.1:8081"))).as("TLS ended by a proxy").isNull();
        assertThat(objection(change().header("Sec-Fetch-Site", "same-origin"))).isNull();
    }

    @Test
    void noToken_orThatOfAnother_isRefused() {
        assertThat(objection(Asking.to("POST", "/do"))).contains("X-Aio-Token is missing");
        assertThat(objection(change().header(Guard.TOKEN_HEADER, guard.token("bert")))).contains("not the token");
        assertThat(objection(change().header(Guard.TOKEN_HEADER, ""))).contains("not the token");
        assertThat(objection(change().header(Guard.TOKEN_HEADER, new Guard().token("anna"))))
                .as("of the bundle before it was started anew").contains("not the token");
        assertThat(guard.token("anna")).hasSize(64).isEqualTo(guard.token("anna"));
    }

    @Test
    void anotherOrigin_isRefused_withTheRightTokenAsWell() {
        for (String origin : new String[] {"http://evil.example", "http://127.0.0.1:8082", "http://127.0.0.1", "null",
            "http://127.0.0.1:8081.evil.example", "http://127.0.0.1:8081@evil.example", "::", ""}) {
            assertThat(objection(change().header("Origin", origin))).as(origin).contains("expected this site");
        }
        for (String site : new String[] {"cross-site", "same-site"}) {
            assertThat(objection(change().header("Sec-Fetch-Site", site))).as(site).contains("another site");
        }
    }
}
