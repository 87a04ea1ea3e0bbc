package io.hedgerow.config;

import io.hedgerow.dashboard.security.AccessSettings;
import io.hedgerow.web.HttpSettings;
import java.util.Arrays;
import java.util.List;

/** Keys of what is served over HTTP, and to whom. */
final class HttpKeys {
    private static final int SHORTEST_TOKEN = 16;

    private final Values values;

    HttpKeys(Values values) {
        this.values = values;
    }

    HttpSettings server() {
        return new HttpSettings(
                values.get(Key.integer(
                        "http.port", 8080, 0, 65535, "Port of health, metrics and the dashboard; 0 for any free one.")),
                values.get(Key.text(
                        "http.address",
                        "127.0.0.1",
                        "Address to listen on; `0.0.0.0` for all, as containers need it. Elsewhere than on this machine the"
                                + " dashboard needs a token or a proxy.")));
    }

    AccessSettings access() {
        String token = token(Key.text(
                "http.token",
                "",
                "Lets whoever has it look at the dashboard and answer alerts: 16 characters or more, best"
                        + " `${HEDGEROW_TOKEN}`."));
        String readToken =
                token(Key.text("http.read-token", "", "Lets whoever has it look at the dashboard, and no more."));
        if (!token.isEmpty() && token.equals(readToken)) {
            throw values.error("http.read-token", "http.read-token is the same as http.token; choose another");
        }
        List<String> hosts = list(values.get(Key.text(
                "http.hosts",
                "",
                "Names under which the dashboard is reached, with commas between them; addresses and `localhost` need not be"
                        + " named.")));
        String header = values.get(Key.text(
                "http.proxy-header",
                "",
                "Header in which a proxy that has asked for a password names the user, such as `X-Forwarded-User`."));
        List<String> proxies = list(values.get(Key.text(
                "http.proxies", "", "Addresses of the proxies whose header is believed, with commas between them.")));
        if (header.isEmpty() != proxies.isEmpty()) {
            throw values.error(
                    header.isEmpty() ? "http.proxies" : "http.proxy-header",
                    "http.proxy-header and http.proxies need each other: set both, or neither");
        }
        return new AccessSettings(token, readToken, hosts, header, proxies);
    }

    /** Says nothing of the text, which is a secret. */
    private String token(Key<String> key) {
        String token = values.get(key);
        boolean isVisible = token.chars().allMatch(c -> c > ' ' && c <= '~');
        if (!token.isEmpty() && (token.length() < SHORTEST_TOKEN || !isVisible)) {
            throw values.error(
                    key.path(),
                    key.path()
                            + " is too short or has spaces; expected: %d characters or more, as `openssl rand -hex 16` makes"
                                    .formatted(SHORTEST_TOKEN));
        }
        return token;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
