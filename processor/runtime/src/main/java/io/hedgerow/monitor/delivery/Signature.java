package io.hedgerow.monitor.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages as Standard Webhooks say: HMAC-SHA256 of id, time and body, once for each secret. Immutable. */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private final List<byte[]> secrets;

    Signature(List<byte[]> secrets) {
        this.secrets = secrets;
    }

    /** The header's value; empty without secrets. */
    String of(String id, long seconds, byte[] body) {
        byte[] head = (id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
        return secrets.stream().map(secret -> "v1," + sign(secret, head, body)).collect(Collectors.joining(" "));
    }

    private static String sign(byte[] secret, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
