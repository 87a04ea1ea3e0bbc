package io.hedgerow.audit.note;

import io.hedgerow.audit.LogException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of a key that signs checkpoints, written as Go's {@code golang.org/x/mod/sumdb/note} writes it:
 * {@code name+id+key}. Immutable.
 */
public final class VerifierKey {
    private final String name;
    private final byte[] id;
    private final byte[] raw;
    private final PublicKey key;

    VerifierKey(String name, byte[] raw) throws InvalidKeySpecException {
        this.name = name;
        this.id = Ed25519.id(name, raw);
        this.raw = raw.clone();
        this.key = Ed25519.publicKey(raw);
    }

    /**
     * Reads a key.
     *
     * @throws LogException if it is none; the message does not repeat it
     */
    public static VerifierKey parse(String text) {
        String[] parts = text.strip().split("\\+", 3);
        try {
            if (parts.length == 3 && Ed25519.isName(parts[0])) {
                byte[] key = Base64.getDecoder().decode(parts[2]);
                if (key.length == 1 + Ed25519.KEY_BYTES && key[0] == Ed25519.TYPE) {
                    VerifierKey read = new VerifierKey(parts[0], Arrays.copyOfRange(key, 1, key.length));
                    if (HexFormat.of().formatHex(read.id).equals(parts[1])) {
                        return read;
                    }
                }
            }
        } catch (IllegalArgumentException | InvalidKeySpecException e) {
            // Said below.
        }
        // What was given may be the secret half: it is not repeated.
        throw new LogException(
                text.strip().startsWith(Ed25519.SECRET)
                        ? "that is the secret half of a key: give the public half, which `hedgerow audit keygen` wrote to the file beside it that ends in .pub"
                        : "that is no public key: one looks like NAME+00000000+BASE64, as `hedgerow audit keygen` prints it");
    }

    /** The key's name. */
    public String name() {
        return name;
    }

    byte[] id() {
        return id.clone();
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(Ed25519.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(text);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        byte[] typed = new byte[1 + raw.length];
        typed[0] = Ed25519.TYPE;
        System.arraycopy(raw, 0, typed, 1, raw.length);
        return name + "+" + HexFormat.of().formatHex(id) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
