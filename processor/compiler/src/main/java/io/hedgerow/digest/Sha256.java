package io.hedgerow.digest;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) of what is written or read here, as 64 lower-case hexadecimal digits. Not thread-safe. */
public final class Sha256 {
    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** What is written to it counts; closing it does nothing. */
    public OutputStream stream() {
        return new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    }

    /** What is read from the stream that comes back counts. */
    public InputStream reading(InputStream in) {
        return new DigestInputStream(in, digest);
    }

    /** The digest of all that there was so far; then it begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    public static String hex(byte[] bytes) {
        return hex(ByteBuffer.wrap(bytes));
    }

    /** Of a text in UTF-8. */
    public static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads {@code bytes} from position to limit and leaves both as they are. */
    public static String hex(ByteBuffer bytes) {
        Sha256 sha256 = new Sha256();
        sha256.digest.update(bytes.duplicate());
        return sha256.hex();
    }
}
