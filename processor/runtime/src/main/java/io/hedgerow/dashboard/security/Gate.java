package io.hedgerow.dashboard.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets requests in or refuses them. Thread-safe. */
public final class Gate {
    /** Name of the cookie that stands for a token. */
    public static final String COOKIE = "hedgerow";

    /** Header in which writes bring the token that the page was given. */
    public static final String CSRF_HEADER = "X-CSRF-Token";

    private static final int RANDOM_BYTES = 32;
    private static final int LONGEST_NAME = 200;
    private static final String BEARER = "Bearer ";

    private final AccessSettings settings;
    private final boolean isLocal;
    private final HostNames hosts;
    private final Sessions sessions;
    private final String csrf;

    /** Takes the address that the server listens on. */
    public Gate(AccessSettings settings, String address, Clock clock) {
        this.settings = settings;
        this.isLocal = isLoopback(address);
        this.hosts = new HostNames(settings.hosts());
        this.sessions = new Sessions(settings, clock);
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        this.csrf = HexFormat.of().formatHex(random);
    }

    /** Whether nobody is let in: other machines can reach the server, and nothing says who may look. */
    public boolean isShut() {
        return !isLocal && !settings.hasToken() && !settings.hasProxy();
    }

    /** What every write has to bring, new at each start. */
    public String csrf() {
        return csrf;
    }

    /** Refuses names under which the page isn't served. */
    public void requireHost(HttpServletRequest request) {
        if (!hosts.isServed(request.getHeader("Host"))) {
            throw new Refusal(
                    421,
                    "this page isn't served under that name; use its address or localhost, or add the name to http.hosts");
        }
    }

    /** Lets a request in, or refuses it. */
    public Visitor admit(HttpServletRequest request) {
        requireHost(request);
        Optional<Visitor> visitor = proxied(request).or(() -> bearer(request)).or(() -> cookie(request));
        if (visitor.isPresent()) {
            return visitor.get();
        }
        if (isShut()) {
            throw new Refusal(
                    403,
                    "this page is shown to other machines only where http.token is set, or http.proxy-header and http.proxies;"
                            + " or set http.address: 127.0.0.1 to show it on this machine alone");
        }
        if (settings.hasToken()) {
            throw new Refusal(401, "this page needs a token: open /login?token=TOKEN with that of http.token");
        }
        if (settings.hasProxy()) {
            throw new Refusal(403, "this page is reached through the proxies of http.proxies only");
        }
        if (request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null) {
            throw new Refusal(
                    403,
                    "this request came through a proxy: set http.token, or http.proxy-header and http.proxies, for it to be"
                            + " answered");
        }
        return new Visitor("", true);
    }

    /** Refuses a write that doesn't come from the page itself, or from somebody who may look only. */
    public void requireWrite(HttpServletRequest request, Visitor visitor) {
        if (!visitor.writes()) {
            throw new Refusal(403, "this token lets you look only; answering takes that of http.token");
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            throw new Refusal(403, "this write comes from another page");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !isOwn(origin, request.getHeader("Host"))) {
            throw new Refusal(403, "this write comes from another page");
        }
        String given = request.getHeader(CSRF_HEADER);
        if (given == null || !Sessions.same(csrf, given)) {
            throw new Refusal(
                    403,
                    "header " + CSRF_HEADER + " is missing or from before a restart: reload the page and try again");
        }
    }

    /**
     * The cookie for a token. It has no path: browsers send it back to where the page is, which a proxy may have put below a path
     * beside others.
     *
     * @throws Refusal for a wrong one
     */
    public String login(HttpServletRequest request, String token) {
        requireHost(request);
        Visitor visitor =
                sessions.ofToken(token).orElseThrow(() -> new Refusal(401, "this is not the token of http.token"));
        return COOKIE + "=" + sessions.cookie(visitor) + "; HttpOnly; SameSite=Strict; Max-Age="
                + Sessions.LIFE.toSeconds();
    }

    private Optional<Visitor> proxied(HttpServletRequest request) {
        if (!settings.hasProxy() || !settings.proxies().contains(request.getRemoteAddr())) {
            return Optional.empty();
        }
        String name = request.getHeader(settings.proxyHeader());
        return name == null || name.isBlank() || name.length() > LONGEST_NAME
                ? Optional.empty()
                : Optional.of(new Visitor(name.strip(), true));
    }

    private Optional<Visitor> bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.startsWith(BEARER)
                ? sessions.ofToken(header.substring(BEARER.length()))
                : Optional.empty();
    }

    private Optional<Visitor> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE)) {
                    return sessions.ofCookie(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** Whether an origin is the page's: the same host and port, whatever a proxy made of the scheme. */
    private static boolean isOwn(String origin, @Nullable String host) {
        String own = String.valueOf(host).toLowerCase(Locale.ROOT);
        String given = origin.toLowerCase(Locale.ROOT);
        return given.equals("http://" + own) || given.equals("https://" + own);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
