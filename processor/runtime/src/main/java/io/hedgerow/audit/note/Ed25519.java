package io.hedgerow.audit.note;

import io.hedgerow.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 keys (RFC 8032) of the JDK in their raw form, and how signed notes number them. */
final class Ed25519 {
    /** What the text of a secret key begins with. */
    static final String SECRET = "PRIVATE+KEY+";

    /** Length of a raw key, public or private. */
    static final int KEY_BYTES = 32;

    /** The signature's type in keys of signed notes. */
    static final byte TYPE = 1;

    static final int ID_BYTES = 4;
    static final String ALGORITHM = "Ed25519";

    /** What comes before the raw key in its X.509 form (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /** A new key pair. */
    static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform from 15 on has Ed25519", e);
        }
    }

    /** The key pair of a seed. The JDK derives public keys only where it generates them: here, from no other bytes. */
    static KeyPair ofSeed(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(255, new Seed(seed));
            KeyPair pair = generator.generateKeyPair();
            if (!Arrays.equals(seed(pair.getPrivate()), seed)) {
                throw new IllegalStateException("this Java platform does not make Ed25519 keys from 32 random bytes");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform from 15 on has Ed25519", e);
        }
    }

    static byte[] seed(PrivateKey key) {
        return ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new IllegalStateException("the private key can't be exported"));
    }

    /** The raw form of a public key. */
    static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, X509.length, encoded.length);
    }

    static PublicKey publicKey(byte[] raw) throws InvalidKeySpecException {
        byte[] encoded =
                ByteBuffer.allocate(X509.length + raw.length).put(X509).put(raw).array();
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform from 15 on has Ed25519", e);
        }
    }

    /** C2SP signed-note: the first bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
    static byte[] id(String name, byte[] raw) {
        ByteArrayOutputStream hashed = new ByteArrayOutputStream();
        hashed.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        hashed.write('\n');
        hashed.write(TYPE);
        hashed.writeBytes(raw);
        return Arrays.copyOf(HexFormat.of().parseHex(Sha256.hex(hashed.toByteArray())), ID_BYTES);
    }

    /** Names without spaces and plus signs can stand in notes and keys. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+'
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || c < ' '
                                || c == 0x85);
    }

    /** Gives out the bytes it was given. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Seed(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] out) {
            System.arraycopy(bytes, 0, out, 0, out.length);
        }
    }
}
