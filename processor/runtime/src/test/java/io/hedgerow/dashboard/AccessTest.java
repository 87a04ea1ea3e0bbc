package io.hedgerow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.AlertState;
import io.hedgerow.Severity;
import io.hedgerow.dashboard.security.AccessSettings;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, under which names, and what a browser may make of the answers. */
class AccessTest {
    private static final String TOKEN = "correct-horse-battery";
    private static final String READ_TOKEN = "only-looks-at-things";
    private static final String VERDICT = "{\"verdict\":\"shortcut\"}";
    private static final AccessSettings TOKENS =
            new AccessSettings(TOKEN, READ_TOKEN, List.of("Hedgerow.example.com"), "", List.of());
    private static final AccessSettings PROXY =
            new AccessSettings("", "", List.of("hedgerow.example.com"), "X-Forwarded-User", List.of("127.0.0.1"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "LOCALHOST:8080",
                "10.1.2.3:80",
                "[::1]:8080",
                "[2001:db8::7]",
                "[1:2:3:4:5:6:7:8]"
            })
    void shouldAnswerUnderAddressesAndAsLocalhost(String host) throws Exception {
        try (DashboardRig rig = new DashboardRig()) {
            assertThat(RawHttp.status(rig.port(), "GET /api/state", "Host: " + host))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1.evil.com",
                "evil.com",
                "localhost.evil.com",
                "localhost.",
                "127.1",
                "2130706433",
                "0x7f.0.0.1",
                "127.0.0.256",
                "127.0.0.01",
                "[::1].evil.com",
                "[evil.com]",
                "[::1::2]",
                "hedgerow.example.com",
                "127.0.0.1:80:80"
            })
    void shouldRefuseNamesThatAnybodyCouldOwn(String host) throws Exception {
        try (DashboardRig rig = new DashboardRig()) {
            // Some of them are no names at all, which the server itself refuses.
            assertThat(RawHttp.status(rig.port(), "GET /api/state", "Host: " + host))
                    .isIn(421, 400);
            assertThat(RawHttp.ask(rig.port(), "GET /", "Host: " + host)).doesNotContain("<script");
            assertThat(RawHttp.status(rig.port(), "GET /livez", "Host: x.example.com"))
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldAnswerUnderNamesThatWereSet() throws Exception {
        try (DashboardRig rig = new DashboardRig(TOKENS, "127.0.0.1")) {
            String token = "Authorization: Bearer " + TOKEN;
            assertThat(RawHttp.status(rig.port(), "GET /api/state", "Host: hedgerow.EXAMPLE.com:443", token))
                    .isEqualTo(200);
            assertThat(RawHttp.status(rig.port(), "GET /api/state", "Host: x.hedgerow.example.com", token))
                    .isEqualTo(421);
        }
    }

    @Test
    void shouldShowNothingToOthersWhereNothingSaysWhoMayLook() throws Exception {
        try (DashboardRig rig = new DashboardRig(AccessSettings.NONE, "0.0.0.0")) {
            for (String path :
                    List.of("/", "/api/state", "/api/stream", "/assets/main.js", "/api/events/0/0/picture")) {
                HttpResponse<byte[]> answer = rig.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(403);
                assertThat(text(answer)).contains("http.token", "http.proxy-header");
            }
            for (String path : List.of("/livez", "/readyz", "/metrics")) {
                assertThat(rig.get(path).statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void shouldLetATokenIn() throws Exception {
        try (DashboardRig rig = new DashboardRig(TOKENS, "0.0.0.0")) {
            assertThat(rig.get("/api/state").statusCode()).isEqualTo(401);
            assertThat(text(rig.get("/"))).contains("/login?token=TOKEN").doesNotContain("<script");
            assertThat(rig.get("/api/state", "Authorization", "Bearer " + TOKEN).statusCode())
                    .isEqualTo(200);
            for (String wrong : List.of("", "correct-horse-batterz", TOKEN + "x", TOKEN.substring(1))) {
                assertThat(rig.get("/api/state", "Authorization", "Bearer " + wrong)
                                .statusCode())
                        .as(wrong)
                        .isEqualTo(401);
            }
            assertThat(rig.get("/api/state", "X-Forwarded-User", "ann").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void shouldExchangeATokenForACookieThatHidesIt() throws Exception {
        try (DashboardRig rig = new DashboardRig(TOKENS, "0.0.0.0")) {
            HttpResponse<byte[]> login = rig.get("/login?token=" + TOKEN);

            String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN, "Path");
            String value = cookie.substring(0, cookie.indexOf(';'));
            assertThat(rig.get("/api/state", "Cookie", value).statusCode()).isEqualTo(200);
            assertThat(rig.json("/api/state").isMissingNode()).isFalse();
            for (String forged : List.of(
                    value.replace("write", "read"),
                    value.replaceFirst("\\.\\d", ".9"),
                    value.substring(0, value.length() - 2) + "AA",
                    "hedgerow=" + TOKEN)) {
                assertThat(rig.get("/api/state", "Cookie", forged).statusCode())
                        .as(forged)
                        .isEqualTo(401);
            }
            assertThat(rig.get("/login?token=wrong-token-entirely").statusCode())
                    .isEqualTo(401);
            assertThat(rig.get("/login").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void shouldTakeCookiesOfOtherInstancesWithTheSameToken() throws Exception {
        String value;
        try (DashboardRig rig = new DashboardRig(TOKENS, "0.0.0.0")) {
            value = rig.get("/login?token=" + TOKEN)
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow()
                    .replaceFirst(";.*", "");
        }
        AccessSettings changed = new AccessSettings(TOKEN + "2", "", List.of(), "", List.of());
        try (DashboardRig same = new DashboardRig(TOKENS, "0.0.0.0");
                DashboardRig other = new DashboardRig(changed, "0.0.0.0")) {
            assertThat(same.get("/api/state", "Cookie", value).statusCode()).isEqualTo(200);
            assertThat(other.get("/api/state", "Cookie", value).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void shouldLetAReadTokenLookOnly() throws Exception {
        try (DashboardRig rig = new DashboardRig(TOKENS, "0.0.0.0")) {
            String bearer = "Bearer " + READ_TOKEN;
            HttpResponse<byte[]> state = rig.get("/api/state", "Authorization", bearer);
            assertThat(text(state)).contains("\"write\":false").doesNotContain("csrf");

            HttpResponse<byte[]> answer = rig.post("/api/alerts/a1/verdict", VERDICT, "Authorization", bearer);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(text(answer)).contains("look only");
        }
    }

    @Test
    void shouldBelieveNamedProxiesAlone() throws Exception {
        AccessSettings elsewhere = new AccessSettings("", "", List.of(), "X-Forwarded-User", List.of("10.0.0.1"));
        try (DashboardRig rig = new DashboardRig(PROXY, "0.0.0.0");
                DashboardRig other = new DashboardRig(elsewhere, "0.0.0.0")) {
            assertThat(rig.get("/api/state", "X-Forwarded-User", "ann").statusCode())
                    .isEqualTo(200);
            assertThat(rig.get("/api/state").statusCode()).isEqualTo(403);
            assertThat(rig.get("/api/state", "X-Forwarded-User", " ").statusCode())
                    .isEqualTo(403);
            assertThat(other.get("/api/state", "X-Forwarded-User", "ann").statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void shouldSignAnswersWithTheNameThatAProxyGives() throws Exception {
        try (DashboardRig rig = new DashboardRig(PROXY, "0.0.0.0")) {
            rig.add(Records.alert("a1", "stain", Severity.WARNING, AlertState.OPENED, Instant.now()));
            String csrf = await().until(
                            () -> text(rig.get("/api/state", "X-Forwarded-User", "ann")),
                            state -> state.contains("\"a1\""))
                    .replaceFirst(".*\"csrf\":\"(\\w+)\".*", "$1");

            rig.post("/api/alerts/a1/verdict", VERDICT, "X-Forwarded-User", "ann", "X-CSRF-Token", csrf);

            assertThat(rig.answers.get(0).getBody().toString()).contains("ann");
        }
    }

    @Test
    void shouldRefuseWhatCameThroughAProxyThatNobodyNamed() throws Exception {
        try (DashboardRig rig = new DashboardRig()) {
            HttpResponse<byte[]> answer = rig.get("/api/state", "X-Forwarded-For", "203.0.113.9");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(text(answer)).contains("http.token");
        }
    }

    @Test
    void shouldTakeWritesFromThePageItselfAlone() throws Exception {
        try (DashboardRig rig = new DashboardRig()) {
            rig.add(Records.alert("a1", "stain", Severity.WARNING, AlertState.OPENED, Instant.now()));
            String csrf = await().until(
                            () -> rig.json("/api/state"),
                            state -> state.at("/alerts/0/id").asText().equals("a1"))
                    .path("csrf")
                    .asText();
            String own = "http://127.0.0.1:" + rig.port();

            assertThat(write(rig)).isEqualTo(403);
            assertThat(write(rig, "X-CSRF-Token", "0".repeat(64))).isEqualTo(403);
            assertThat(write(rig, "X-CSRF-Token", csrf, "Origin", "https://evil.example"))
                    .isEqualTo(403);
            assertThat(write(rig, "X-CSRF-Token", csrf, "Origin", "null")).isEqualTo(403);
            assertThat(write(rig, "X-CSRF-Token", csrf, "Origin", own + ".evil.example"))
                    .isEqualTo(403);
            assertThat(write(rig, "X-CSRF-Token", csrf, "Origin", "http://127.0.0.1:1"))
                    .isEqualTo(403);
            assertThat(write(rig, "X-CSRF-Token", csrf, "Sec-Fetch-Site", "cross-site"))
                    .isEqualTo(403);
            assertThat(write(rig, "X-CSRF-Token", csrf, "Sec-Fetch-Site", "same-site"))
                    .isEqualTo(403);
            assertThat(rig.answers).isEmpty();
            assertThat(write(rig, "X-CSRF-Token", csrf, "Origin", own, "Sec-Fetch-Site", "same-origin"))
                    .isEqualTo(200);
            assertThat(rig.answers).hasSize(1);
        }
    }

    @Test
    void shouldTellBrowsersToRunAndEmbedNothingElse() throws Exception {
        try (DashboardRig rig = new DashboardRig(TOKENS, "127.0.0.1")) {
            for (HttpResponse<byte[]> answer : List.of(
                    rig.get("/", "Authorization", "Bearer " + TOKEN),
                    rig.get("/"),
                    rig.get("/api/state", "Authorization", "Bearer " + TOKEN),
                    rig.get("/no/such/page", "Authorization", "Bearer " + TOKEN),
                    rig.get("/login?token=" + TOKEN))) {
                assertThat(answer.headers().firstValue("Content-Security-Policy"))
                        .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                                + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                                + " require-trusted-types-for 'script'");
                assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                        .hasValue("nosniff");
                assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
                assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
                        .hasValue("same-origin");
                assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
                assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../Dashboard.class",
                "/assets/..%2fDashboard.class",
                "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                "/assets/..%5c..%5cDashboard.class",
                "/assets//etc/passwd",
                "/assets/Dashboard.class",
                "/assets/index.html",
                "/assets/main.js%00.svg",
                "/assets/main.js;x=.svg",
                "/../../hedgerow.yaml",
                "/assets/demo/models/surface-biased/labels.txt"
            })
    void shouldHandOutNothingButThePagesFiles(String path) throws Exception {
        try (DashboardRig rig = new DashboardRig()) {
            assertThat(RawHttp.status(rig.port(), "GET " + path, "Host: localhost"))
                    .isIn(400, 404);
        }
    }

    @Test
    void shouldTellNoSecret() throws Exception {
        try (DashboardRig rig = new DashboardRig(TOKENS, "0.0.0.0")) {
            for (String path : List.of("/", "/api/state", "/api/find?id=x", "/metrics", "/readyz", "/login?token=x")) {
                for (String bearer : List.of("Bearer " + TOKEN, "Bearer wrong")) {
                    HttpResponse<byte[]> answer = rig.get(path, "Authorization", bearer);
                    assertThat(text(answer) + answer.headers()).as(path).doesNotContain(TOKEN, READ_TOKEN);
                }
            }
            assertThat(TOKENS.toString()).doesNotContain(TOKEN, READ_TOKEN);
        }
    }

    private static int write(DashboardRig rig, String... headers) throws Exception {
        return rig.post("/api/alerts/a1/verdict", VERDICT, headers).statusCode();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
