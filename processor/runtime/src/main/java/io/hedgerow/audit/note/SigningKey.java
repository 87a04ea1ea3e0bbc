package io.hedgerow.audit.note;

import io.hedgerow.audit.LogException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key that signs checkpoints, written as Go's {@code golang.org/x/mod/sumdb/note} writes it:
 * {@code PRIVATE+KEY+name+id+seed}. Its text form tells no secret. Immutable.
 */
public final class SigningKey {
    private final KeyPair pair;
    private final VerifierKey verifier;

    private SigningKey(String name, KeyPair pair) {
        this.pair = pair;
        try {
            this.verifier = new VerifierKey(name, Ed25519.raw(pair.getPublic()));
        } catch (InvalidKeySpecException e) {
            throw new IllegalStateException("a generated key is no key", e);
        }
    }

    /**
     * A new key.
     *
     * @param name stands in each signature; neither spaces nor plus signs
     * @throws LogException if the name can't be one
     */
    public static SigningKey generate(String name) {
        if (!Ed25519.isName(name)) {
            throw new LogException("'%s' can't name a key: it must be neither empty nor contain spaces or a plus sign"
                    .formatted(name));
        }
        return new SigningKey(name, Ed25519.generate());
    }

    /**
     * Reads a key.
     *
     * @throws LogException if it is none; the message does not repeat it
     */
    public static SigningKey parse(String text) {
        String stripped = text.strip();
        if (stripped.startsWith(Ed25519.SECRET)) {
            String[] parts = stripped.substring(Ed25519.SECRET.length()).split("\\+", 3);
            try {
                if (parts.length == 3 && Ed25519.isName(parts[0])) {
                    byte[] seed = Base64.getDecoder().decode(parts[2]);
                    if (seed.length == 1 + Ed25519.KEY_BYTES && seed[0] == Ed25519.TYPE) {
                        SigningKey key =
                                new SigningKey(parts[0], Ed25519.ofSeed(Arrays.copyOfRange(seed, 1, seed.length)));
                        if (HexFormat.of().formatHex(key.verifier.id()).equals(parts[1])) {
                            return key;
                        }
                    }
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
        }
        throw new LogException(
                "that is no key to sign checkpoints with: one looks like PRIVATE+KEY+NAME+00000000+BASE64, as `hedgerow audit keygen` makes it");
    }

    /** The public half. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** The key as it is kept: a secret. */
    public String secret() {
        byte[] typed = new byte[1 + Ed25519.KEY_BYTES];
        typed[0] = Ed25519.TYPE;
        System.arraycopy(Ed25519.seed(pair.getPrivate()), 0, typed, 1, Ed25519.KEY_BYTES);
        return Ed25519.SECRET + verifier.name() + "+" + HexFormat.of().formatHex(verifier.id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    byte[] sign(byte[] text) {
        try {
            Signature signer = Signature.getInstance(Ed25519.ALGORITHM);
            signer.initSign(pair.getPrivate());
            signer.update(text);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing failed", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + verifier + "]";
    }
}
