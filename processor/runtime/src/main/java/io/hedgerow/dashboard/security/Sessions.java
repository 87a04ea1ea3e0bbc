package io.hedgerow.dashboard.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens, and the cookies that stand for them: a right and an end, authenticated with the token, so that every instance of the
 * same token takes them and none has to remember any. Comparisons take the same time whatever differs. Thread-safe.
 */
final class Sessions {
    // RATIONALE: Why are tokens kept in a cookie that every instance can check, and in no session?
    /** How long a browser is known. */
    static final Duration LIFE = Duration.ofDays(30);

    private static final Pattern COOKIE = Pattern.compile("(write|read)\\.(\\d{1,12})\\.([A-Za-z0-9_-]{43})");
    private static final String PURPOSE = "hedgerow dashboard session 1\n";

    private final AccessSettings settings;
    private final Clock clock;

    Sessions(AccessSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whom a token lets in; empty for a wrong one. */
    Optional<Visitor> ofToken(String token) {
        // Both are compared, whichever it is.
        boolean writes = isToken(settings.token(), token);
        boolean reads = isToken(settings.readToken(), token);
        return writes || reads ? Optional.of(new Visitor("", writes)) : Optional.empty();
    }

    /** The cookie for whom a token let in. */
    String cookie(Visitor visitor) {
        String right = visitor.writes() ? "write" : "read";
        long end = clock.instant().plus(LIFE).getEpochSecond();
        return right + "." + end + "." + seal(right, end);
    }

    /** Whom a cookie stands for; empty if it is none, or has come to its end. */
    Optional<Visitor> ofCookie(String value) {
        Matcher parts = COOKIE.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String right = parts.group(1);
        long end = Long.parseLong(parts.group(2));
        String token = right.equals("write") ? settings.token() : settings.readToken();
        boolean sealed = same(seal(right, end), parts.group(3));
        return sealed && !token.isEmpty() && clock.instant().getEpochSecond() < end
                ? Optional.of(new Visitor("", right.equals("write")))
                : Optional.empty();
    }

    /** Compares in the same time whatever differs. */
    static boolean same(String expected, String given) {
        return MessageDigest.isEqual(sha256(expected), sha256(given));
    }

    private static boolean isToken(String token, String given) {
        return same(token, given) && !token.isEmpty();
    }

    private String seal(String right, long end) {
        String token = right.equals("write") ? settings.token() : settings.readToken();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(sha256(PURPOSE + token), "HmacSHA256"));
            byte[] seal = mac.doFinal((PURPOSE + right + "." + end).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(seal);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
