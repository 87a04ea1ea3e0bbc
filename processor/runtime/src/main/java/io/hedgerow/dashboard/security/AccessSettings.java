package io.hedgerow.dashboard.security;

import java.util.List;

/**
 * Who may look at the page. Its text form hides the tokens.
 *
 * @param token lets its holder look and answer; empty for none
 * @param readToken lets its holder look; empty for none
 * @param hosts names under which the page is served, besides addresses and {@code localhost}
 * @param proxyHeader in which a proxy names the user; empty for none
 * @param proxies addresses of the proxies that are believed
 */
public record AccessSettings(
        String token, String readToken, List<String> hosts, String proxyHeader, List<String> proxies) {
    /** Nothing set: on this machine alone. */
    public static final AccessSettings NONE = new AccessSettings("", "", List.of(), "", List.of());

    public AccessSettings {
        hosts = List.copyOf(hosts);
        proxies = List.copyOf(proxies);
    }

    /** Whether there is any token. */
    boolean hasToken() {
        return !token.isEmpty() || !readToken.isEmpty();
    }

    /** Whether a proxy is believed. */
    boolean hasProxy() {
        return !proxyHeader.isEmpty() && !proxies.isEmpty();
    }

    @Override
    public String toString() {
        return "AccessSettings[hosts=" + hosts + ", proxyHeader=" + proxyHeader + ", proxies=" + proxies
                + (hasToken() ? ", tokens hidden]" : ", no tokens]");
    }
}
